package dev.runbook.plan;

import dev.runbook.model.Question;
import dev.runbook.model.action.Action;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One step on its hosts. All of them finish it before any begins the next: steps are barriers.
 *
 * @param index from 0
 * @param type such as {@code stop-etcd}
 * @param commits behind this step the run only goes forward
 * @param rollsBack whether a failure puts everything back ({@code on_failure: rollback}) or stops where it is
 * @param question that a person answers with yes before it begins
 */
public record PlannedStep(
        int index,
        String name,
        String type,
        SequencedMap<String, HostPlan> hosts,
        boolean commits,
        boolean rollsBack,
        Optional<Question> question) {
    /** A step that asks nobody. */
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

    /** What is done on a host; nothing where the step does not run. */
    public List<Action> actionsOn(String host) {
        var planned = hosts.get(host);
        return planned == null ? List.of() : planned.actions();
    }

    /** Whether any host has anything to do. */
    public boolean idle() {
        return hosts.values().stream().allMatch(host -> host.actions().isEmpty());
    }
}
