package dev.runbook.step;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.model.NodeState;
import java.time.Duration;
import java.util.List;

/** Input to a step type's plan: this host, the other hosts, the run, and the state predicted after the earlier steps. */
public interface StepContext {
    /** The host that is planned for. */
    String host();

    /** The hosts that this step runs on, in the order of the inventory. */
    List<String> stepHosts();

    /** This host's facts from the survey. */
    default HostFacts facts() {
        return cluster().of(host());
    }

    ClusterFacts cluster();

    /** This host's state, predicted after the earlier steps. */
    default NodeState state() {
        return stateOf(host());
    }

    NodeState stateOf(String host);

    RunIdentity run();

    Snapshots snapshots();

    LocalFiles files();

    /** Whether a later step of the runbook has this effect on this host, whatever the facts. */
    boolean later(Effect effect);

    /** The step's own {@code timeout}, or the type's default. */
    Duration timeoutOr(Duration usual);
}
