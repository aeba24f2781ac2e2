package dev.runbook.plan;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.model.Problem;
import dev.runbook.step.RunIdentity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * All actions of a run, host by host, known before the first one is executed.
 *
 * @param facts on which it is based; a change of their fingerprint makes the plan stale
 * @param warnings accepted problems, and warnings for the operator
 */
public record Plan(
        RunIdentity run, String runbook, List<PlannedStep> steps, ClusterFacts facts, List<Problem> warnings) {
    public Plan {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /** Hosts on which any step runs, in the order of the inventory. */
    public SequencedSet<String> hosts() {
        return new LinkedHashSet<>(facts.hosts().keySet());
    }

    /** Whether any action changes a host. */
    public boolean changes() {
        return steps.stream()
                .flatMap(step -> step.hosts().values().stream())
                .flatMap(host -> host.actions().stream())
                .anyMatch(action -> action.mutates());
    }

    /** Whether a step commits; without one, the end of the run is the commit. */
    public boolean hasCommit() {
        return steps.stream().anyMatch(PlannedStep::commits);
    }
}
