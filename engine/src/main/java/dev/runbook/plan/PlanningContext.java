package dev.runbook.plan;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.model.NodeState;
import dev.runbook.step.Effect;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.RunIdentity;
import dev.runbook.step.Snapshots;
import dev.runbook.step.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Input to one step type's plan on one host. */
record PlanningContext(
        String host,
        List<String> stepHosts,
        ClusterFacts cluster,
        Map<String, NodeState> states,
        RunIdentity run,
        Snapshots snapshots,
        LocalFiles files,
        Set<Effect> laterEffects,
        Optional<Duration> timeout)
        implements StepContext {
    @Override
    public NodeState stateOf(String host) {
        return states.getOrDefault(host, NodeState.unknown());
    }

    @Override
    public boolean later(Effect effect) {
        return laterEffects.contains(effect);
    }

    @Override
    public Duration timeoutOr(Duration usual) {
        return timeout.orElse(usual);
    }
}
