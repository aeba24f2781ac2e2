package dev.runbook.plan;

import dev.runbook.model.Question;
import dev.runbook.model.action.Action;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One step on its hosts. Steps are barriers: all hosts finish one before any host begins the next.
 *
 * @param index from 0
 * @param type such as {@code stop-etcd}
 * @param commits whether the run can no longer roll back after this step
 * @param rollsBack whether a failure rolls back the run ({@code on_failure: rollback}) or stops it as it is
 * @param question that the operator must answer with yes before it begins
 */
public record PlannedStep(
        int index,
        String name,
        String type,
        SequencedMap<String, HostPlan> hosts,
        boolean commits,
        boolean rollsBack,
        Optional<Question> question) {
    /** A step without a question. */
    public PlannedStep(
            int index,
            String name,
            String type,
            SequencedMap<String, HostPlan> hosts,
            boolean commits,
            boolean rollsBack) {
        this(index, name, type, hosts, commits, rollsBack, Optional.empty());
    }

    public PlannedStep {
        hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
    }

    /** The actions on a host; empty where the step does not run. */
    public List<Action> actionsOn(String host) {
        var planned = hosts.get(host);
        return planned == null ? List.of() : planned.actions();
    }

    /** Whether no host has an action in this step. */
    public boolean idle() {
        return hosts.values().stream().allMatch(host -> host.actions().isEmpty());
    }
}
