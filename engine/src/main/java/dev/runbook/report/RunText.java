package dev.runbook.report;

import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Text of an earlier run, from its journal. */
public final class RunText {
    private final Style style;

    public RunText(Style style) {
        this.style = style;
    }

    /** One line of a list. */
    public static String summary(String run, List<RunEvent> events) {
        return summary(run, status(events), events);
    }

    /** With the run's end as it is known elsewhere than in these events. */
    public static String summary(String run, String status, List<RunEvent> events) {
        var name = events.stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(event -> ((RunEvent.RunBegan) event).runbook() + " on "
                        + String.join(", ", ((RunEvent.RunBegan) event).hosts()))
                .findFirst()
                .orElse("(its beginning is not in the journal)");
        return "%-24s %-12s %s".formatted(run, status, name);
    }

    /** How the run ended, in one or two words. */
    public static String status(List<RunEvent> events) {
        return ending(events)
                .map(ending -> switch (ending) {
                    case SUCCEEDED -> "succeeded";
                    case ROLLED_BACK -> "rolled back";
                    case STUCK -> "stuck";
                    case INTERRUPTED -> "interrupted";
                })
                .orElse("unfinished");
    }

    /** The last ending in the journal; empty when no controller reached one. */
    public static Optional<RunEvent.Ending> ending(List<RunEvent> events) {
        return events.reversed().stream()
                .filter(RunEvent.RunEnded.class::isInstance)
                .map(event -> ((RunEvent.RunEnded) event).ending())
                .findFirst();
    }

    /** The whole run, step by step and host by host. */
    public List<String> lines(String run, List<RunEvent> events, RunState state) {
        var lines = new ArrayList<String>();
        lines.add(summary(run, events));
        new TreeMap<>(state.steps()).forEach((index, step) -> {
            lines.add(style.bold("%2d. %s".formatted(index + 1, step.name())) + "  "
                    + style.dim("[" + step.type() + "]"));
            new TreeMap<>(step.actions()).forEach((host, actions) -> {
                lines.add("    " + style.cyan(host));
                for (int number = 0; number < actions.size(); number++) {
                    // An action of rollbacks alone counts as done from the beginning, which would read as if it had
                    // been performed.
                    if (!actions.get(number).direction().forward()) {
                        continue;
                    }
                    lines.add("      %-10s %s"
                            .formatted(
                                    state(step.status(host, number)),
                                    actions.get(number).describe()));
                }
            });
        });
        var failures = new FailureText(style);
        for (var event : events) {
            if (event instanceof RunEvent.RollbackBegan began) {
                lines.addAll(failures.cause(began.cause()));
            } else if (event instanceof RunEvent.UndoEnded ended) {
                notUndone(ended, state).ifPresent(left -> lines.addAll(failures.leftover(left)));
            }
        }
        return lines;
    }

    private static Optional<RunOutcome.Leftover> notUndone(RunEvent.UndoEnded ended, RunState state) {
        var step = state.steps().get(ended.step());
        return step == null
                ? Optional.empty()
                : ended.result()
                        .why()
                        .map(why -> new RunOutcome.Leftover(
                                ended.host(),
                                step.name(),
                                "undo: "
                                        + step.of(ended.host())
                                                .get(ended.index())
                                                .describe(),
                                why));
    }

    private static String state(RunState.ActionStatus standing) {
        return switch (standing) {
            case IN_DOUBT -> "in doubt";
            case DONE -> "done";
            case ALREADY_DONE -> "in place";
            case FAILED -> "failed";
            case NOT_STARTED -> "not done";
            case UNDONE -> "undone";
        };
    }
}
