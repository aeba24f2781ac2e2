package dev.runbook.step;

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

    /** What it does, in one sentence, for the reference and for did-you-mean. */
    String summary();

    Class<P> parameters();

    /** What later steps may refer to as {@code steps.<id>.<name>}; all are known when the plan is made. */
    default List<Output> outputs() {
        return List.of();
    }

    /** Whether it only looks: then a refusal does not keep the steps behind it from being planned, and told of, too. */
    default boolean looksOnly() {
        return false;
    }

    /**
     * What the step needs and gives, for those who check a runbook's order without a host. A type that stops, switches or
     * proves something says so here; the rules follow from it.
     *
     * @param parameters as far as the runbook tells
     */
    default Effects effects(WrittenParameter parameters) {
        return Effects.of(looksOnly() ? Effects.Nature.LOOKS : Effects.Nature.CHANGES);
    }

    /** What this step would do on one host. Called once per host, in the order of the inventory. */
    StepPlan plan(P parameters, StepContext context);
}
