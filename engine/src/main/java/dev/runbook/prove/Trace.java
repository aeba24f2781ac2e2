package dev.runbook.prove;

import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent.Cause;
import java.util.ArrayList;
import java.util.List;

/** What happened in a scenario, shortened to a few lines. */
final class Trace {
    /** The most lines of a trace. */
    static final int LINES = 14;

    private static final int VIOLATIONS = 3;
    private static final int WIDTH = 220;

    private Trace() {}

    static List<String> of(ScenarioRun run, String end, List<String> violations) {
        var head = new ArrayList<>(run.scenario().describe(run::actionOf));
        var tail = new ArrayList<String>();
        run.outcomes().forEach(outcome -> tail.add("outcome: " + outcome(outcome)));
        tail.add("state: " + end);
        violations.stream().limit(VIOLATIONS).forEach(violation -> tail.add("VIOLATION: " + violation));
        var sequence = run.nodes().cluster().sequence();
        // The last starts and stops led to the end.
        int left = Math.max(1, LINES - head.size() - tail.size() - 1);
        int from = Math.max(0, sequence.size() - left);
        if (from > 0) {
            head.add("... " + from + " earlier starts and stops");
        }
        head.addAll(sequence.subList(from, sequence.size()));
        head.addAll(tail);
        return head.stream()
                .limit(LINES)
                .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "..." : line)
                .toList();
    }

    static String outcome(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Succeeded() -> "succeeded";
            case RunOutcome.RolledBack(var cause) -> "rolled back, because " + cause(cause);
            case RunOutcome.Stuck stuck ->
                "stuck " + (stuck.committed() ? "after the commit" : "before the commit") + ", because "
                        + cause(stuck.cause()) + "; left to do: "
                        + String.join(
                                "; ",
                                stuck.leftovers().stream().map(Trace::leftover).toList());
            case RunOutcome.Interrupted(var cause) -> "interrupted, because " + cause(cause);
            case RunOutcome.TakenOver(var by) -> "taken over: " + by;
            case RunOutcome.Undecided(var inDoubt) ->
                "needs your decision on "
                        + String.join(
                                "; ",
                                inDoubt.stream()
                                        .map(action -> action.host() + ": "
                                                + action.program().describe())
                                        .toList());
            case RunOutcome.NotBegun(var reasons) ->
                "not begun: "
                        + String.join(
                                "; ", reasons.stream().map(Trace::leftover).toList());
        };
    }

    private static String cause(Cause cause) {
        return switch (cause) {
            case Cause.ActionFailed failed ->
                failed.host() + " could not " + failed.action() + " in step " + (failed.step() + 1) + " ("
                        + failed.stepName() + "): " + failed.failure().summary();
            case Cause.HostLost lost ->
                "the connection to " + lost.host() + " was lost in step " + (lost.step() + 1) + " (" + lost.stepName()
                        + ")";
            case Cause.Requested asked -> asked.by();
        };
    }

    private static String leftover(RunOutcome.Leftover leftover) {
        return leftover.host() + " could not " + leftover.what() + " (" + leftover.step() + "): "
                + leftover.failure().summary();
    }
}
