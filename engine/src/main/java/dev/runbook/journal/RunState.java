package dev.runbook.journal;

import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.ActionResult;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The state of a run, folded from its events; the same fold drives a live run and reads a journal after a crash.
 *
 * @param steps begun so far, by index
 * @param finished indexes of the steps that every host has finished
 * @param plan what is to be done; empty where the run was left before it was written, or by an earlier version
 * @param cause why it is rolled back
 */
public record RunState(
        Phase phase,
        Map<Integer, StepState> steps,
        Set<Integer> finished,
        Optional<RunPlan> plan,
        Optional<Cause> cause) {
    /** The commit is presumed absent until it is on every host. */
    public enum Phase {
        NEW,
        FORWARD,
        COMMITTING,
        COMMITTED,
        BACKWARD,
        ENDED
    }

    /** The status of an action. */
    public enum ActionStatus {
        /** Intended, without a result: it may have happened. */
        IN_DOUBT,
        DONE,
        /** Its effect was there before this run, which does not undo it. */
        ALREADY_DONE,
        /** Failed; part of it may have happened. */
        FAILED,
        /** Refused by the node before anything was touched, or never begun. */
        NOT_STARTED,
        UNDONE
    }

    public RunState {
        steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
        SortedSet<Integer> sorted = new TreeSet<>(finished);
        finished = Collections.unmodifiableSortedSet(sorted);
    }

    public static RunState initial() {
        return new RunState(Phase.NEW, Map.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    /** The state after one more event. */
    public RunState after(RunEvent event) {
        return switch (event) {
            case RunEvent.RunBegan _ -> phase == Phase.NEW ? in(Phase.FORWARD) : this;
            case RunEvent.RunPlanned planned ->
                new RunState(phase, steps, finished, Optional.of(planned.plan()), cause);
            case RunEvent.StepIntended intended -> begun(intended);
            case RunEvent.StepResumed resumed ->
                with(resumed.step(), step -> step.resumed(resumed.actions())).finished(resumed.step(), false);
            case RunEvent.ActionEnded ended ->
                with(ended.step(), step -> step.with(ended.host(), ended.index(), status(ended.result())));
            case RunEvent.InDoubtResolved learned ->
                with(learned.step(), step -> step.with(learned.host(), learned.index(), learned.status()));
            case RunEvent.StepEnded ended -> finished(ended.step(), true);
            // A second commit step does not make the first one undone.
            case RunEvent.CommitBegan _ -> phase == Phase.COMMITTED ? this : in(Phase.COMMITTING);
            case RunEvent.Committed committed -> in(Phase.COMMITTED).finished(committed.step(), true);
            case RunEvent.RollbackBegan back ->
                new RunState(Phase.BACKWARD, steps, finished, plan, Optional.of(back.cause()));
            case RunEvent.StepUndoBegan began -> with(began.step(), step -> step.undoBegan(began.hosts()));
            case RunEvent.UndoEnded ended ->
                with(ended.step(), step -> step.undoEnded(ended.host(), ended.index(), ended.result()));
            case RunEvent.RunEnded ended ->
                // A run that ended stuck or interrupted can still be resumed or rolled back, so its phase stays.
                switch (ended.ending()) {
                    case SUCCEEDED, ROLLED_BACK -> in(Phase.ENDED);
                    case STUCK, INTERRUPTED -> this;
                };
        };
    }

    private RunState in(Phase next) {
        return new RunState(next, steps, finished, plan, cause);
    }

    private RunState finished(int step, boolean now) {
        var next = new TreeSet<>(finished);
        if (now) {
            next.add(step);
        } else {
            next.remove(step);
        }
        return new RunState(phase, steps, next, plan, cause);
    }

    private RunState begun(RunEvent.StepIntended intended) {
        var next = new TreeMap<>(steps);
        next.put(intended.step(), StepState.intended(intended));
        return new RunState(phase, next, finished, plan, cause);
    }

    private RunState with(int step, UnaryOperator<StepState> change) {
        var next = new TreeMap<>(steps);
        next.computeIfPresent(step, (_, before) -> change.apply(before));
        return new RunState(phase, next, finished, plan, cause);
    }

    private static ActionStatus status(ActionResult result) {
        return switch (result) {
            case ActionResult.Done _ -> ActionStatus.DONE;
            case ActionResult.AlreadyDone _ -> ActionStatus.ALREADY_DONE;
            case ActionResult.Refused _ -> ActionStatus.NOT_STARTED;
            case ActionResult.Barred _ -> ActionStatus.NOT_STARTED;
            case ActionResult.NotBegun _ -> ActionStatus.NOT_STARTED;
            case ActionResult.Failed _ -> ActionStatus.FAILED;
            case ActionResult.InDoubt _, ActionResult.Fenced _ -> ActionStatus.IN_DOUBT;
        };
    }
}
