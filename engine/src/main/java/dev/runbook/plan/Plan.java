package dev.runbook.plan;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.model.Problem;
import dev.runbook.step.RunIdentity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Everything that a run will do, host by host, known before the first of it is done.
 *
 * @param facts that it was made from; a change of their fingerprint makes the plan stale
 * @param warnings what was accepted, and what a person should know
 */
public record Plan(
        RunIdentity run, String runbook, List<PlannedStep> steps, ClusterFacts facts, List<Problem> warnings) {
    public Plan {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /** Hosts on which anything is done or looked at, in the order of the inventory. */
    public SequencedSet<String> hosts() {
        return new LinkedHashSet<>(facts.hosts().keySet());
    }

    /** Whether it would change anything on any host. */
    public boolean changes() {
        return steps.stream()
                .flatMap(step -> step.hosts().values().stream())
                .flatMap(host -> host.actions().stream())
                .anyMatch(action -> action.mutates());
    }

    /** Whether some step commits; without one, the end of the run is the commit. */
    public boolean hasCommit() {
        return steps.stream().anyMatch(PlannedStep::commits);
    }
}
