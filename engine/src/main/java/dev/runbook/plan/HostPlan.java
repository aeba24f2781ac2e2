package dev.runbook.plan;

import dev.runbook.model.action.Action;
import dev.runbook.step.StepPlan.FileDiff;
import java.util.List;

/** What one step does on one host. No action at all is an answer too, and the notes say why. */
public record HostPlan(List<Action> actions, List<String> notes, List<FileDiff> diffs) {
    public HostPlan {
        actions = List.copyOf(actions);
        notes = List.copyOf(notes);
        diffs = List.copyOf(diffs);
    }
}
