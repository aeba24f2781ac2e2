package dev.runbook.report;

import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.journal.StepState;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Where a run is by its journal: the step at work, and what each host does or waits for in it. */
public final class RunPosition {
    private RunPosition() {}

    /** In a sentence after "run X is", such as {@code at step 3, stop-etcd: etcd1: wait until ...}. */
    public static String of(List<RunEvent> events) {
        var state = JournalFile.fold(events);
        var begun = state.steps().keySet().stream()
                .filter(step -> !state.finished().contains(step))
                .reduce((_, later) -> later);
        return switch (state.phase()) {
            case NEW -> "at its beginning";
            case ENDED -> "at its end, releasing its hosts";
            case BACKWARD -> "rolling back" + undoing(events);
            case FORWARD, COMMITTING, COMMITTED ->
                begun.map(step -> "at step " + (step + 1) + ", "
                                + working(Optional.ofNullable(state.steps().get(step))
                                        .orElseThrow()))
                        .orElseGet(() -> before(state));
        };
    }

    private static String undoing(List<RunEvent> events) {
        return events.reversed().stream()
                .filter(RunEvent.StepUndoBegan.class::isInstance)
                .findFirst()
                .map(event -> ", at step " + (((RunEvent.StepUndoBegan) event).step() + 1) + " on "
                        + String.join(", ", ((RunEvent.StepUndoBegan) event).hosts()))
                .orElse("");
    }

    private static String working(StepState step) {
        var text = new StringBuilder(step.name());
        new TreeMap<>(step.actions()).forEach((host, actions) -> {
            for (int index = 0; index < actions.size(); index++) {
                if (step.status(host, index) == ActionStatus.IN_DOUBT
                        && actions.get(index).direction().forward()) {
                    text.append("; ")
                            .append(host)
                            .append(": ")
                            .append(actions.get(index).describe());
                    return;
                }
            }
        });
        return text.toString();
    }

    private static String before(RunState state) {
        return state.plan().stream()
                .flatMap(plan -> plan.steps().stream())
                .filter(step -> !state.finished().contains(step.index()))
                .findFirst()
                .map(step -> "before step " + (step.index() + 1) + ", " + step.name()
                        + (step.question().isPresent() ? ", whose question waits for its answer" : ""))
                .orElse("before its first step");
    }
}
