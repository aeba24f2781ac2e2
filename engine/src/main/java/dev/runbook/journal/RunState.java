package dev.runbook.journal;

import dev.runbook.model.ActionResult;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Where a run stands, folded from its events; the same fold drives a live run and reads a journal after a crash.
 *
 * @param steps begun so far, by index
 */
public record RunState(Phase phase, Map<Integer, StepState> steps) {
    /** The commit is presumed absent until it is on every host. */
    public enum Phase {
        NEW,
        FORWARD,
        COMMITTING,
        COMMITTED,
        BACKWARD,
        ENDED
    }

    /** What became of an action. */
    public enum Standing {
        /** Intended, and no word of it: it may have happened. */
        IN_DOUBT,
        DONE,
        /** It was so before this run; not ours to take back. */
        NOT_OURS,
        /** Failed; part of it may have happened. */
        FAILED,
        /** Refused by the node before anything was touched, or never begun. */
        UNTOUCHED,
        UNDONE
    }

    public RunState {
        steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
    }

    public static RunState initial() {
        return new RunState(Phase.NEW, Map.of());
    }

    /** The state after one more event. */
    public RunState after(RunEvent event) {
        return switch (event) {
            case RunEvent.RunBegan _ -> phase == Phase.NEW ? new RunState(Phase.FORWARD, steps) : this;
            case RunEvent.StepIntended intended -> begun(intended);
            case RunEvent.ActionEnded ended ->
                with(ended.step(), step -> step.with(ended.host(), ended.index(), standing(ended.result())));
            case RunEvent.StepEnded _ -> this;
            // A second commit step does not make the first one undone.
            case RunEvent.CommitBegan _ -> phase == Phase.COMMITTED ? this : new RunState(Phase.COMMITTING, steps);
            case RunEvent.Committed _ -> new RunState(Phase.COMMITTED, steps);
            case RunEvent.RollbackBegan _ -> new RunState(Phase.BACKWARD, steps);
            case RunEvent.StepUndoBegan began -> with(began.step(), step -> step.undoBegan(began.hosts()));
            case RunEvent.UndoEnded ended ->
                with(ended.step(), step -> step.undoEnded(ended.host(), ended.index(), ended.result()));
            case RunEvent.RunEnded ended ->
                // A run that ended stuck or interrupted can still be taken back, so its phase stays.
                switch (ended.ending()) {
                    case SUCCEEDED, ROLLED_BACK -> new RunState(Phase.ENDED, steps);
                    case STUCK, INTERRUPTED -> this;
                };
        };
    }

    private RunState begun(RunEvent.StepIntended intended) {
        var next = new TreeMap<>(steps);
        next.put(intended.step(), StepState.intended(intended));
        return new RunState(phase, next);
    }

    private RunState with(int step, UnaryOperator<StepState> change) {
        var next = new TreeMap<>(steps);
        next.computeIfPresent(step, (_, before) -> change.apply(before));
        return new RunState(phase, next);
    }

    private static Standing standing(ActionResult result) {
        return switch (result) {
            case ActionResult.Done _ -> Standing.DONE;
            case ActionResult.AlreadyDone _ -> Standing.NOT_OURS;
            case ActionResult.Refused _ -> Standing.UNTOUCHED;
            case ActionResult.Barred _ -> Standing.UNTOUCHED;
            case ActionResult.NotBegun _ -> Standing.UNTOUCHED;
            case ActionResult.Failed _ -> Standing.FAILED;
            case ActionResult.InDoubt _ -> Standing.IN_DOUBT;
        };
    }
}
