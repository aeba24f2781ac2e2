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

/** Maps events, outcomes and journals of runs to their lines. */
public final class RunLineMapper {
    private RunLineMapper() {}

    /** An event for other programs; contents of files stay in the journal, because only a resume needs them. */
    public static Line of(RunEvent event) {
        return switch (event) {
            case RunEvent.RunBegan began ->
                new RunEventLine.RunBegan(
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
                new RunEventLine.RunPlanned(
                        planned.at(),
                        planned.plan().steps().stream()
                                .map(step -> new RunEventLine.RunStep(
                                        step.index() + 1,
                                        step.name(),
                                        step.type(),
                                        step.commits(),
                                        hosts(step.actions())))
                                .toList());
            case RunEvent.StepIntended step ->
                new RunEventLine.StepBegan(step.at(), step.step() + 1, step.name(), step.type(), hosts(step.actions()));
            case RunEvent.ActionEnded ended ->
                new RunEventLine.ActionEnded(
                        ended.at(),
                        ended.step() + 1,
                        ended.host(),
                        ended.index() + 1,
                        result(ended.result()),
                        seconds(ended.result().took()),
                        ended.result().why().map(ProblemLineMapper::of));
            case RunEvent.StepResumed resumed ->
                new RunEventLine.StepResumed(resumed.at(), resumed.step() + 1, numbers(resumed));
            case RunEvent.InDoubtResolved learned ->
                new RunEventLine.InDoubtResolved(
                        learned.at(),
                        learned.step() + 1,
                        learned.host(),
                        learned.index() + 1,
                        learned.status(),
                        learned.by());
            case RunEvent.StepEnded ended -> new RunEventLine.StepEnded(ended.at(), ended.step() + 1);
            case RunEvent.CommitBegan commit -> new RunEventLine.CommitBegan(commit.at(), commit.step() + 1);
            case RunEvent.Committed committed -> new RunEventLine.Committed(committed.at(), committed.step() + 1);
            case RunEvent.RollbackBegan began -> new RunEventLine.RollbackBegan(began.at(), cause(began.cause()));
            case RunEvent.StepUndoBegan undo ->
                new RunEventLine.StepUndoBegan(undo.at(), undo.step() + 1, undo.hosts());
            case RunEvent.UndoEnded ended ->
                new RunEventLine.UndoEnded(
                        ended.at(),
                        ended.step() + 1,
                        ended.host(),
                        ended.index() + 1,
                        result(ended.result()),
                        seconds(ended.result().took()),
                        ended.result().why().map(ProblemLineMapper::of));
            case RunEvent.RunEnded ended -> new RunEventLine.RunEnded(ended.at(), ended.ending());
        };
    }

    /** The last line of a run. */
    public static RunLine.Outcome of(String run, RunOutcome outcome, int exitCode, List<String> proofs) {
        return switch (outcome) {
            case RunOutcome.Succeeded _ ->
                ended(run, LineVocabulary.RunStatus.SUCCEEDED, exitCode, Optional.empty(), List.of(), proofs, true);
            case RunOutcome.RolledBack(var cause) ->
                ended(
                        run,
                        LineVocabulary.RunStatus.ROLLED_BACK,
                        exitCode,
                        Optional.of(cause),
                        List.of(),
                        proofs,
                        false);
            case RunOutcome.Interrupted(var cause) ->
                ended(
                        run,
                        LineVocabulary.RunStatus.INTERRUPTED,
                        exitCode,
                        Optional.of(cause),
                        List.of(),
                        proofs,
                        false);
            case RunOutcome.Stuck(var cause, var committed, var leftovers) ->
                ended(run, LineVocabulary.RunStatus.STUCK, exitCode, Optional.of(cause), leftovers, proofs, committed);
            case RunOutcome.TakenOver(var by) ->
                ended(
                        run,
                        LineVocabulary.RunStatus.TAKEN_OVER,
                        exitCode,
                        Optional.of(new RunEvent.Cause.Requested(by)),
                        List.of(),
                        proofs,
                        false);
            case RunOutcome.Undecided(var inDoubt) -> undecided(run, inDoubt, exitCode);
            case RunOutcome.NotBegun(var reasons) ->
                ended(run, LineVocabulary.RunStatus.NOT_BEGUN, exitCode, Optional.empty(), reasons, proofs, false);
        };
    }

    private static RunLine.Outcome ended(
            String run,
            LineVocabulary.RunStatus status,
            int exitCode,
            Optional<RunEvent.Cause> cause,
            List<RunOutcome.Leftover> leftovers,
            List<String> proofs,
            boolean committed) {
        return new RunLine.Outcome(
                run,
                status,
                exitCode,
                cause.map(RunLineMapper::cause),
                leftovers.stream()
                        .map(left -> new RunLine.Leftover(
                                left.host(), left.step(), left.what(), ProblemLineMapper.of(left.failure())))
                        .toList(),
                List.of(),
                proofs,
                committed);
    }

    private static RunLine.Outcome undecided(String run, List<InDoubtAction> inDoubt, int exitCode) {
        return new RunLine.Outcome(
                run,
                LineVocabulary.RunStatus.UNDECIDED,
                exitCode,
                Optional.empty(),
                List.of(),
                inDoubt.stream()
                        .map(action -> new RunLine.InDoubtAction(
                                action.host(),
                                action.step() + 1,
                                action.stepName(),
                                action.program().describe()))
                        .toList(),
                List.of(),
                false);
    }

    /** One run of a list. */
    public static RunLine.Run of(String run, List<RunEvent> events) {
        var began = events.stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(RunEvent.RunBegan.class::cast)
                .findFirst();
        return new RunLine.Run(
                run,
                status(events),
                began.map(RunEvent.RunBegan::at),
                began.map(RunEvent.RunBegan::runbook),
                began.map(RunEvent.RunBegan::hosts).orElse(List.of()));
    }

    private static LineVocabulary.RunStatus status(List<RunEvent> events) {
        return RunText.ending(events)
                .map(ending -> switch (ending) {
                    case SUCCEEDED -> LineVocabulary.RunStatus.SUCCEEDED;
                    case ROLLED_BACK -> LineVocabulary.RunStatus.ROLLED_BACK;
                    case STUCK -> LineVocabulary.RunStatus.STUCK;
                    case INTERRUPTED -> LineVocabulary.RunStatus.INTERRUPTED;
                })
                .orElse(LineVocabulary.RunStatus.UNFINISHED);
    }

    private static List<RunEventLine.HostNumbers> numbers(RunEvent.StepResumed resumed) {
        var hosts = new ArrayList<RunEventLine.HostNumbers>();
        resumed.actions()
                .forEach((host, indexes) -> hosts.add(new RunEventLine.HostNumbers(
                        host, indexes.stream().map(index -> index + 1).toList())));
        return hosts;
    }

    private static List<RunEventLine.HostActions> hosts(Map<String, List<Action>> actions) {
        var hosts = new ArrayList<RunEventLine.HostActions>();
        new TreeMap<>(actions)
                .forEach((host, each) -> hosts.add(new RunEventLine.HostActions(
                        host, each.stream().map(PlanLineMapper::of).toList())));
        return hosts;
    }

    private static RunEventLine.Cause cause(RunEvent.Cause cause) {
        return switch (cause) {
            case RunEvent.Cause.ActionFailed failed ->
                new RunEventLine.Cause(
                        LineVocabulary.CauseKind.ACTION_FAILED,
                        OptionalInt.of(failed.step() + 1),
                        Optional.of(failed.stepName()),
                        Optional.of(failed.host()),
                        Optional.of(failed.action()),
                        ProblemLineMapper.of(failed.failure()));
            case RunEvent.Cause.HostLost lost ->
                new RunEventLine.Cause(
                        LineVocabulary.CauseKind.HOST_LOST,
                        OptionalInt.of(lost.step() + 1),
                        Optional.of(lost.stepName()),
                        Optional.of(lost.host()),
                        Optional.empty(),
                        ProblemLineMapper.of(Failure.of(lost.why())));
            case RunEvent.Cause.Requested(var by) ->
                new RunEventLine.Cause(
                        LineVocabulary.CauseKind.REQUESTED,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ProblemLineMapper.of(Failure.of(by)));
        };
    }

    private static LineVocabulary.Result result(ActionResult result) {
        return switch (result) {
            case ActionResult.Done _ -> LineVocabulary.Result.DONE;
            case ActionResult.AlreadyDone _ -> LineVocabulary.Result.ALREADY_DONE;
            case ActionResult.Refused _ -> LineVocabulary.Result.REFUSED;
            case ActionResult.Barred _, ActionResult.Fenced _ -> LineVocabulary.Result.BARRED;
            case ActionResult.Failed _ -> LineVocabulary.Result.FAILED;
            case ActionResult.InDoubt _ -> LineVocabulary.Result.IN_DOUBT;
            case ActionResult.NotBegun _ -> LineVocabulary.Result.NOT_BEGUN;
        };
    }

    private static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }
}
