package dev.runbook.plan;

import dev.runbook.model.action.Action;
import dev.runbook.step.StepPlan.FileDiff;
import java.util.List;

/** Plan of one step on one host. Without actions, the notes say why the step does nothing there. */
public record HostPlan(List<Action> actions, List<String> notes, List<FileDiff> diffs) {
    public HostPlan {
        actions = List.copyOf(actions);
        notes = List.copyOf(notes);
        diffs = List.copyOf(diffs);
    }
}
