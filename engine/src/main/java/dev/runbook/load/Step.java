package dev.runbook.load;

import dev.runbook.load.bind.StepCall;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.model.Position;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One step of a runbook.
 *
 * @param index from 0
 * @param name as given, or its type's
 * @param id name of the step in expressions of later steps
 * @param hosts its own pattern, or the runbook's
 * @param runOnce only on the first of its hosts
 * @param allowances rules whose findings are allowed in it
 */
public record Step(
        int index,
        String name,
        Optional<String> id,
        HostPattern hosts,
        Optional<Condition> when,
        Optional<Duration> timeout,
        boolean runOnce,
        Set<String> tags,
        OnFailure onFailure,
        List<Allowance> allowances,
        StepCall<?> call,
        Position position) {
    /** What happens when the step fails before the run is committed. */
    public enum OnFailure {
        /** The run rolls back. */
        ROLLBACK,
        /** The run stops and leaves every host as it is, for the operator to inspect; it can be resumed or rolled back. */
        STOP
    }

    public Step {
        allowances = List.copyOf(allowances);
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    /** As in Ansible: no tags select all, and {@code always} is always selected. */
    public boolean isSelectedBy(Set<String> selected) {
        return selected.isEmpty() || tags.contains("always") || !Collections.disjoint(tags, selected);
    }
}
