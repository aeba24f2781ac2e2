package dev.runbook.prove;

import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent.Cause;
import java.util.ArrayList;
import java.util.List;

/** What happened in a world, short enough to be read. */
final class Trace {
    /** The most lines that a story takes. */
    static final int LINES = 14;

    private static final int WRONGS = 3;
    private static final int WIDTH = 220;

    private Trace() {}

    static List<String> of(ScenarioRun trial, String end, List<String> wrong) {
        var head = new ArrayList<>(trial.world().tell(trial::told));
        var tail = new ArrayList<String>();
        trial.outcomes().forEach(outcome -> tail.add("ended: " + outcome(outcome)));
        tail.add("it stands: " + end);
        wrong.stream().limit(WRONGS).forEach(why -> tail.add("WRONG: " + why));
        var sequence = trial.nodes().cluster().sequence();
        // What happened last is what led to the end.
        int room = Math.max(1, LINES - head.size() - tail.size() - 1);
        int from = Math.max(0, sequence.size() - room);
        if (from > 0) {
            head.add("... " + from + " starts and stops before these");
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
                "stuck " + (stuck.committed() ? "behind the commit" : "before the commit") + ", because "
                        + cause(stuck.cause()) + "; left over: "
                        + String.join(
                                "; ",
                                stuck.leftovers().stream().map(Trace::leftover).toList());
            case RunOutcome.Interrupted(var cause) -> "stopped where it was, because " + cause(cause);
            case RunOutcome.Undecided(var doubts) ->
                "a person must say what became of "
                        + String.join(
                                "; ",
                                doubts.stream()
                                        .map(doubt -> doubt.host() + ": "
                                                + doubt.program().describe())
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
                lost.host() + " was lost in step " + (lost.step() + 1) + " (" + lost.stepName() + ")";
            case Cause.Requested asked -> "it was asked by " + asked.by();
        };
    }

    private static String leftover(RunOutcome.Leftover leftover) {
        return leftover.host() + " could not " + leftover.what() + " (" + leftover.step() + "): "
                + leftover.failure().summary();
    }
}
