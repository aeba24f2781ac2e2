package dev.runbook.report;

import dev.runbook.execute.InDoubtAction;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.Failure;
import java.util.ArrayList;
import java.util.List;

/** Text of a failure: what failed, where, and why. */
public final class FailureText {
    private final Style style;

    public FailureText(Style style) {
        this.style = style;
    }

    public List<String> cause(Cause cause) {
        return switch (cause) {
            case Cause.ActionFailed failed -> {
                var lines = new ArrayList<String>();
                lines.add(style.red("failed") + " on " + failed.host() + ", step " + (failed.step() + 1) + " ("
                        + failed.stepName() + "): could not " + failed.action());
                lines.addAll(detail(failed.failure()));
                yield lines;
            }
            case Cause.HostLost lost ->
                List.of(style.red("connection lost") + " to " + lost.host() + " in step " + (lost.step() + 1) + " ("
                        + lost.stepName() + "): " + lost.why());
            case Cause.Requested asked -> List.of(style.yellow("reason") + ": " + asked.by());
        };
    }

    /** Why a run did not succeed; empty when it did. */
    public List<String> outcome(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Succeeded _ -> List.of();
            case RunOutcome.RolledBack(var cause) -> cause(cause);
            case RunOutcome.Interrupted(var cause) -> cause(cause);
            case RunOutcome.TakenOver(var by) -> List.of("  " + by);
            case RunOutcome.Stuck stuck -> leftovers(stuck.leftovers());
            case RunOutcome.Undecided(var inDoubt) ->
                inDoubt.stream().flatMap(action -> inDoubt(action).stream()).toList();
            case RunOutcome.NotBegun(var reasons) -> leftovers(reasons);
        };
    }

    private List<String> leftovers(List<RunOutcome.Leftover> leftovers) {
        return leftovers.stream().flatMap(left -> leftover(left).stream()).toList();
    }

    public List<String> leftover(RunOutcome.Leftover leftover) {
        var lines = new ArrayList<String>();
        lines.add("  " + leftover.host() + ": could not " + leftover.what() + style.dim("  [" + leftover.step() + "]"));
        lines.addAll(detail(leftover.failure()));
        return lines;
    }

    /** A program in doubt: it may have run. */
    public List<String> inDoubt(InDoubtAction action) {
        return List.of("  " + action.host() + ": may have run, in full or in part: "
                + action.program().describe().replaceFirst("^run ", "")
                + style.dim("  [step " + (action.step() + 1) + ", " + action.stepName() + "]"));
    }

    /** The cause with the program that failed, a line each. */
    public static List<String> detail(Failure failure) {
        var lines = new ArrayList<String>();
        lines.add("    because: " + failure.summary());
        failure.command().ifPresent(command -> lines.add("    command: " + command));
        failure.exitCode().ifPresent(code -> lines.add("    status:  " + code));
        failure.stderr().lines().forEach(line -> lines.add("    stderr:  " + line));
        return lines;
    }
}
