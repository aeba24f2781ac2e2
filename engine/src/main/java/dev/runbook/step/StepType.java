package dev.runbook.step;

import dev.runbook.model.Problem;
import java.util.List;

/**
 * One type of step, such as {@code stop-apiserver}. It is pure: the same parameters and facts give the same plan.
 *
 * @param <P> its parameters: a record whose components are the fields in YAML, {@code skipHashCheck} being written
 *     {@code skip_hash_check}. A component is required unless it is an {@code Optional}, a {@code List}, a {@code Map}
 *     or carries {@link Default}. Types: String, boolean, int, long, Duration, Path (a file on this machine), Secret,
 *     enums (written in kebab case), records of such, and Optional, List and Map&lt;String, ...&gt; of these. Values are
 *     checked in the compact constructor: an IllegalArgumentException's message becomes a problem at the step.
 */
public interface StepType<P extends Record> {
    /** As written in YAML, in kebab case. */
    String name();

    /** One sentence on what it does, for the reference and for did-you-mean. */
    String summary();

    Class<P> parameters();

    /** Values that later steps may refer to as {@code steps.<id>.<name>}; all are known when the plan is made. */
    default List<Output> outputs() {
        return List.of();
    }

    /** Whether it only reads: after its refusal the later steps are planned too, so that their problems are reported at once. */
    default boolean isReadOnly() {
        return false;
    }

    /** Whether a run in which the step ran on no host lacks what it is for: a snapshot, restored data, a proof. */
    default boolean mustRun() {
        return false;
    }

    /**
     * Whether the step does its work as well when some of its hosts cannot be reached: then, in a runbook that changes nothing,
     * it runs on the others, and the operator is warned.
     *
     * @param parameters as far as the runbook alone determines them
     */
    default boolean toleratesAbsentHosts(WrittenParameter parameters) {
        return false;
    }

    /**
     * Effects that the step needs, sets and clears, for the rules on a runbook's order. A type that stops, switches or
     * verifies a part of the control plane declares it here.
     *
     * @param parameters as far as the runbook alone determines them
     */
    default Effects effects(WrittenParameter parameters) {
        return Effects.of(isReadOnly() ? Effects.Nature.OBSERVES : Effects.Nature.CHANGES);
    }

    /** What is wrong with the files of this machine that the step needs; asked before any host is. */
    default List<Problem> fileProblems(P parameters, Snapshots snapshots, LocalFiles files) {
        return List.of();
    }

    /** Plans the step on one host. Called once per host, in the order of the inventory. */
    StepPlan plan(P parameters, StepContext context);
}
