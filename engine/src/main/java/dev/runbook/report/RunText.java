package dev.runbook.report;

import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ServiceAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A run of before, from its journal. */
public final class RunText {
    private final Style style;

    public RunText(Style style) {
        this.style = style;
    }

    /** One line for a list. */
    public static String summary(String run, List<RunEvent> events) {
        var name = events.stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(event -> ((RunEvent.RunBegan) event).runbook() + " on "
                        + String.join(", ", ((RunEvent.RunBegan) event).hosts()))
                .findFirst()
                .orElse("(its beginning is not in the journal)");
        return "%-24s %-12s %s".formatted(run, standing(events), name);
    }

    /** How it ended, in a word or two. */
    public static String standing(List<RunEvent> events) {
        return ending(events)
                .map(ending -> switch (ending) {
                    case SUCCEEDED -> "succeeded";
                    case ROLLED_BACK -> "rolled back";
                    case STUCK -> "stuck";
                    case INTERRUPTED -> "interrupted";
                })
                .orElse("unfinished");
    }

    /** The last one that the journal tells of; empty when the controller never came to it. */
    public static Optional<RunEvent.Ending> ending(List<RunEvent> events) {
        return events.reversed().stream()
                .filter(RunEvent.RunEnded.class::isInstance)
                .map(event -> ((RunEvent.RunEnded) event).ending())
                .findFirst();
    }

    /** All of it, step by step and host by host. */
    public List<String> lines(String run, List<RunEvent> events, RunState state) {
        var lines = new ArrayList<String>();
        lines.add(summary(run, events));
        new TreeMap<>(state.steps()).forEach((index, step) -> {
            lines.add(style.bold("%2d. %s".formatted(index + 1, step.name())) + "  "
                    + style.dim("[" + step.type() + "]"));
            new TreeMap<>(step.actions()).forEach((host, actions) -> {
                lines.add("    " + style.cyan(host));
                for (int number = 0; number < actions.size(); number++) {
                    if (isOfTheWayBack(actions.get(number))) {
                        continue;
                    }
                    lines.add("      %-10s %s"
                            .formatted(
                                    standing(step.status(host, number)),
                                    actions.get(number).describe()));
                }
            });
        });
        var failures = new FailureText(style);
        for (var event : events) {
            if (event instanceof RunEvent.RollbackBegan back) {
                lines.addAll(failures.cause(back.cause()));
            } else if (event instanceof RunEvent.UndoEnded ended) {
                notTakenBack(ended, state).ifPresent(left -> lines.addAll(failures.leftover(left)));
            }
        }
        return lines;
    }

    /** It stands as done from the beginning, which would read as if it had been waited for. */
    private static boolean isOfTheWayBack(Action action) {
        return switch (action) {
            case Await await -> !await.direction().forward();
            case ServiceAction.ReloadUnits reload -> !reload.direction().forward();
            case ServiceAction.RestartUnit restart -> !restart.direction().forward();
            case Action _ -> false;
        };
    }

    private static Optional<RunOutcome.Leftover> notTakenBack(RunEvent.UndoEnded ended, RunState state) {
        var step = state.steps().get(ended.step());
        return step == null
                ? Optional.empty()
                : ended.result()
                        .why()
                        .map(why -> new RunOutcome.Leftover(
                                ended.host(),
                                step.name(),
                                "take back: "
                                        + step.of(ended.host())
                                                .get(ended.index())
                                                .describe(),
                                why));
    }

    private static String standing(RunState.ActionStatus standing) {
        return switch (standing) {
            case IN_DOUBT -> "in doubt";
            case DONE -> "done";
            case ALREADY_DONE -> "was so";
            case FAILED -> "failed";
            case NOT_STARTED -> "untouched";
            case UNDONE -> "undone";
        };
    }
}
