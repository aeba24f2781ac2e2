package dev.runbook.report.line;

import dev.runbook.execute.InDoubtAction;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.action.Action;
import dev.runbook.report.RunText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Lines about runs: what happens, how they end, and those of before. */
public final class RunLines {
    private RunLines() {}

    /** An event as other programs may see it; contents of files stay in the journal, which alone can go on with them. */
    public static Line of(RunEvent event) {
        return switch (event) {
            case RunEvent.RunBegan began ->
                new Line.RunBegan(
                        began.at(),
                        began.run(),
                        began.runbook(),
                        began.hosts(),
                        began.epoch(),
                        began.call().runbookFile(),
                        began.call().inventories(),
                        new TreeMap<>(began.call().inputs()),
                        began.call().runbookSha256());
            case RunEvent.RunPlanned planned ->
                new Line.RunPlanned(
                        planned.at(),
                        planned.plan().steps().stream()
                                .map(step -> new Line.RunStep(
                                        step.index() + 1,
                                        step.name(),
                                        step.type(),
                                        step.commits(),
                                        hosts(step.actions())))
                                .toList());
            case RunEvent.StepIntended step ->
                new Line.StepBegan(step.at(), step.step() + 1, step.name(), step.type(), hosts(step.actions()));
            case RunEvent.ActionEnded ended ->
                new Line.ActionEnded(
                        ended.at(),
                        ended.step() + 1,
                        ended.host(),
                        ended.index() + 1,
                        result(ended.result()),
                        seconds(ended.result().took()),
                        ended.result().why().map(ProblemLines::of));
            case RunEvent.StepResumed resumed ->
                new Line.StepResumed(resumed.at(), resumed.step() + 1, numbers(resumed));
            case RunEvent.InDoubtResolved learned ->
                new Line.InDoubtResolved(
                        learned.at(),
                        learned.step() + 1,
                        learned.host(),
                        learned.index() + 1,
                        learned.status(),
                        learned.by());
            case RunEvent.StepEnded ended -> new Line.StepEnded(ended.at(), ended.step() + 1);
            case RunEvent.CommitBegan commit -> new Line.CommitBegan(commit.at(), commit.step() + 1);
            case RunEvent.Committed committed -> new Line.Committed(committed.at(), committed.step() + 1);
            case RunEvent.RollbackBegan back -> new Line.RollbackBegan(back.at(), cause(back.cause()));
            case RunEvent.StepUndoBegan undo -> new Line.StepUndoBegan(undo.at(), undo.step() + 1, undo.hosts());
            case RunEvent.UndoEnded ended ->
                new Line.UndoEnded(
                        ended.at(),
                        ended.step() + 1,
                        ended.host(),
                        ended.index() + 1,
                        result(ended.result()),
                        seconds(ended.result().took()),
                        ended.result().why().map(ProblemLines::of));
            case RunEvent.RunEnded ended -> new Line.RunEnded(ended.at(), ended.ending());
        };
    }

    /** The last line of a run. */
    public static Line.Outcome of(String run, RunOutcome outcome, int exitCode, List<String> proofs) {
        return switch (outcome) {
            case RunOutcome.Succeeded _ ->
                ended(run, LineVocabulary.Ended.SUCCEEDED, exitCode, Optional.empty(), List.of(), proofs, true);
            case RunOutcome.RolledBack(var cause) ->
                ended(run, LineVocabulary.Ended.ROLLED_BACK, exitCode, Optional.of(cause), List.of(), proofs, false);
            case RunOutcome.Interrupted(var cause) ->
                ended(run, LineVocabulary.Ended.INTERRUPTED, exitCode, Optional.of(cause), List.of(), proofs, false);
            case RunOutcome.Stuck(var cause, var committed, var leftovers) ->
                ended(run, LineVocabulary.Ended.STUCK, exitCode, Optional.of(cause), leftovers, proofs, committed);
            case RunOutcome.Undecided(var doubts) -> undecided(run, doubts, exitCode);
            case RunOutcome.NotBegun(var reasons) ->
                ended(run, LineVocabulary.Ended.NOT_BEGUN, exitCode, Optional.empty(), reasons, proofs, false);
        };
    }

    private static Line.Outcome ended(
            String run,
            LineVocabulary.Ended how,
            int exitCode,
            Optional<RunEvent.Cause> cause,
            List<RunOutcome.Leftover> leftovers,
            List<String> proofs,
            boolean committed) {
        return new Line.Outcome(
                run,
                how,
                exitCode,
                cause.map(RunLines::cause),
                leftovers.stream()
                        .map(left -> new Line.Leftover(
                                left.host(), left.step(), left.what(), ProblemLines.of(left.failure())))
                        .toList(),
                List.of(),
                proofs,
                committed);
    }

    private static Line.Outcome undecided(String run, List<InDoubtAction> doubts, int exitCode) {
        return new Line.Outcome(
                run,
                LineVocabulary.Ended.UNDECIDED,
                exitCode,
                Optional.empty(),
                List.of(),
                doubts.stream()
                        .map(doubt -> new Line.Doubt(
                                doubt.host(),
                                doubt.step() + 1,
                                doubt.stepName(),
                                doubt.program().describe()))
                        .toList(),
                List.of(),
                false);
    }

    /** One run in a list. */
    public static Line.Run of(String run, List<RunEvent> events) {
        var began = events.stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(RunEvent.RunBegan.class::cast)
                .findFirst();
        return new Line.Run(
                run,
                standing(events),
                began.map(RunEvent.RunBegan::at),
                began.map(RunEvent.RunBegan::runbook),
                began.map(RunEvent.RunBegan::hosts).orElse(List.of()));
    }

    private static LineVocabulary.Ended standing(List<RunEvent> events) {
        return RunText.ending(events)
                .map(ending -> switch (ending) {
                    case SUCCEEDED -> LineVocabulary.Ended.SUCCEEDED;
                    case ROLLED_BACK -> LineVocabulary.Ended.ROLLED_BACK;
                    case STUCK -> LineVocabulary.Ended.STUCK;
                    case INTERRUPTED -> LineVocabulary.Ended.INTERRUPTED;
                })
                .orElse(LineVocabulary.Ended.UNFINISHED);
    }

    private static List<Line.HostNumbers> numbers(RunEvent.StepResumed resumed) {
        var hosts = new ArrayList<Line.HostNumbers>();
        resumed.actions()
                .forEach((host, indexes) -> hosts.add(new Line.HostNumbers(
                        host, indexes.stream().map(index -> index + 1).toList())));
        return hosts;
    }

    private static List<Line.HostActions> hosts(Map<String, List<Action>> actions) {
        var hosts = new ArrayList<Line.HostActions>();
        new TreeMap<>(actions)
                .forEach((host, each) -> hosts.add(new Line.HostActions(
                        host, each.stream().map(PlanLine::of).toList())));
        return hosts;
    }

    private static Line.Cause cause(RunEvent.Cause cause) {
        return switch (cause) {
            case RunEvent.Cause.ActionFailed failed ->
                new Line.Cause(
                        LineVocabulary.Why.ACTION_FAILED,
                        OptionalInt.of(failed.step() + 1),
                        Optional.of(failed.stepName()),
                        Optional.of(failed.host()),
                        Optional.of(failed.action()),
                        ProblemLines.of(failed.failure()));
            case RunEvent.Cause.HostLost lost ->
                new Line.Cause(
                        LineVocabulary.Why.HOST_LOST,
                        OptionalInt.of(lost.step() + 1),
                        Optional.of(lost.stepName()),
                        Optional.of(lost.host()),
                        Optional.empty(),
                        ProblemLines.of(Failure.of(lost.why())));
            case RunEvent.Cause.Requested(var by) ->
                new Line.Cause(
                        LineVocabulary.Why.ASKED,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ProblemLines.of(Failure.of(by)));
        };
    }

    private static LineVocabulary.Result result(ActionResult result) {
        return switch (result) {
            case ActionResult.Done _ -> LineVocabulary.Result.DONE;
            case ActionResult.AlreadyDone _ -> LineVocabulary.Result.ALREADY_DONE;
            case ActionResult.Refused _ -> LineVocabulary.Result.REFUSED;
            case ActionResult.Barred _ -> LineVocabulary.Result.BARRED;
            case ActionResult.Failed _ -> LineVocabulary.Result.FAILED;
            case ActionResult.InDoubt _ -> LineVocabulary.Result.IN_DOUBT;
            case ActionResult.NotBegun _ -> LineVocabulary.Result.NOT_BEGUN;
        };
    }

    private static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }
}
