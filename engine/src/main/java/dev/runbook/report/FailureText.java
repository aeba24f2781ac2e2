package dev.runbook.report;

import dev.runbook.execute.InDoubtAction;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.Failure;
import java.util.ArrayList;
import java.util.List;

/** What went wrong, where, and what is to do. */
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
                List.of(style.red("lost") + " " + lost.host() + " in step " + (lost.step() + 1) + " (" + lost.stepName()
                        + "): " + lost.why());
            case Cause.Requested asked -> List.of(style.yellow("asked") + ": " + asked.by());
        };
    }

    /** What kept a run from its end; nothing when it came to it. */
    public List<String> outcome(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Succeeded _ -> List.of();
            case RunOutcome.RolledBack(var cause) -> cause(cause);
            case RunOutcome.Interrupted(var cause) -> cause(cause);
            case RunOutcome.Stuck stuck -> leftovers(stuck.leftovers());
            case RunOutcome.Undecided(var doubts) ->
                doubts.stream().flatMap(doubt -> doubt(doubt).stream()).toList();
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

    /** A program that may have run. */
    public List<String> doubt(InDoubtAction doubt) {
        return List.of(
                "  " + doubt.host() + ": may have " + doubt.program().describe().replaceFirst("^run ", "run, in part, ")
                        + style.dim("  [step " + (doubt.step() + 1) + ", " + doubt.stepName() + "]"));
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
