package dev.runbook.step;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.model.NodeState;
import java.time.Duration;
import java.util.List;

/** What a step type may know while it plans: this host, the others, the run, and the state that earlier steps leave. */
public interface StepContext {
    /** The host that is planned for. */
    String host();

    /** The hosts that this step runs on, in the order of the inventory. */
    List<String> stepHosts();

    /** This host as it was found. */
    default HostFacts facts() {
        return cluster().of(host());
    }

    ClusterFacts cluster();

    /** This host as the steps before leave it. */
    default NodeState state() {
        return stateOf(host());
    }

    NodeState stateOf(String host);

    RunIdentity run();

    Snapshots snapshots();

    LocalFiles files();

    /** The step's own {@code timeout}, or what the type gives as usual. */
    Duration timeoutOr(Duration usual);
}
