package dev.runbook.journal;

import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** One step on its hosts. */
    public record StepState(
            String name, String type, Map<String, List<Action>> actions, Map<String, List<Standing>> standings) {
        public StepState {
            actions = Map.copyOf(actions);
            standings = Map.copyOf(standings);
        }

        public Standing standing(String host, int index) {
            return Optional.ofNullable(standings.get(host)).orElseThrow().get(index);
        }

        public List<Action> of(String host) {
            return Optional.ofNullable(actions.get(host)).orElse(List.of());
        }

        private StepState with(String host, int index, Standing standing) {
            var ofHost = new java.util.ArrayList<>(
                    Optional.ofNullable(standings.get(host)).orElseThrow());
            ofHost.set(index, standing);
            var next = new TreeMap<>(standings);
            next.put(host, List.copyOf(ofHost));
            return new StepState(name, type, actions, next);
        }
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
                with(ended.step(), ended.host(), ended.index(), standing(ended.result()));
            case RunEvent.StepEnded _ -> this;
            case RunEvent.CommitBegan _ -> new RunState(Phase.COMMITTING, steps);
            case RunEvent.Committed _ -> new RunState(Phase.COMMITTED, steps);
            case RunEvent.RollbackBegan _ -> new RunState(Phase.BACKWARD, steps);
            case RunEvent.UndoEnded ended ->
                ended.result().succeeded() ? with(ended.step(), ended.host(), ended.index(), Standing.UNDONE) : this;
            case RunEvent.RunEnded ended ->
                // A run that ended stuck or interrupted can still be taken back, so its phase stays.
                switch (ended.ending()) {
                    case SUCCEEDED, ROLLED_BACK -> new RunState(Phase.ENDED, steps);
                    case STUCK, INTERRUPTED -> this;
                };
        };
    }

    private RunState begun(RunEvent.StepIntended intended) {
        var standings = new TreeMap<String, List<Standing>>();
        intended.actions()
                .forEach(
                        (host, actions) -> standings.put(host, Collections.nCopies(actions.size(), Standing.IN_DOUBT)));
        var next = new TreeMap<>(steps);
        next.put(intended.step(), new StepState(intended.name(), intended.type(), intended.actions(), standings));
        return new RunState(phase, next);
    }

    private RunState with(int step, String host, int index, Standing standing) {
        var next = new TreeMap<>(steps);
        next.computeIfPresent(step, (_, before) -> before.with(host, index, standing));
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
