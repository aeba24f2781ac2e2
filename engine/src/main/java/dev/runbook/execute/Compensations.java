package dev.runbook.execute;

import dev.runbook.journal.StepState;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Compensation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be undone of one step on one host, last action first, according to the journal.
 *
 * @param undos what can be undone automatically
 * @param impossible the action before them that cannot, with the reason
 */
record Compensations(List<Undo> undos, Optional<Impossible> impossible) {
    Compensations {
        undos = List.copyOf(undos);
    }

    /**
     * One undo.
     *
     * @param index of the action that it undoes
     * @param number the same in every attempt, because a node tells programs of a run apart by it
     */
    record Undo(int index, int number, Action action) {}

    /** An action that cannot be undone automatically. */
    record Impossible(Action action, String because) {}

    boolean any() {
        return !undos.isEmpty() || impossible.isPresent();
    }

    static Compensations of(StepState step, String host) {
        var undos = new ArrayList<Undo>();
        var actions = step.of(host);
        for (int index = actions.size() - 1; index >= 0; index--) {
            if (!isToBeUndone(step, host, index)) {
                continue;
            }
            if (actions.get(index).compensation() instanceof Compensation.Impossible(var because)) {
                return new Compensations(undos, Optional.of(new Impossible(actions.get(index), because)));
            }
            int due = index;
            all(actions).stream().filter(item -> item.index() == due).forEach(undos::add);
        }
        return new Compensations(undos, Optional.empty());
    }

    /** All that these actions could ever need, in the order in which it is done. */
    static List<Undo> all(List<Action> actions) {
        var undos = new ArrayList<Undo>();
        for (int index = actions.size() - 1; index >= 0; index--) {
            if (actions.get(index).compensation() instanceof Compensation.By(var by)) {
                for (var undo : by) {
                    undos.add(new Undo(index, undos.size(), undo));
                }
            }
        }
        return undos;
    }

    private static boolean isToBeUndone(StepState step, String host, int index) {
        return switch (step.status(host, index)) {
            case ALREADY_DONE, NOT_STARTED, UNDONE -> false;
            case DONE, FAILED, IN_DOUBT ->
                step.of(host).get(index).hasEffectToUndo() || hasEffectAfter(step, host, index);
        };
    }

    /** Whether an action of the step has, or had, to be undone on this host. */
    static boolean mayHaveHadEffect(StepState step, String host) {
        return hasEffectAfter(step, host, -1);
    }

    /** What is awaited after an undo may never have held where this run did not perform the action. */
    private static boolean hasEffectAfter(StepState step, String host, int index) {
        var actions = step.of(host);
        for (int later = index + 1; later < actions.size(); later++) {
            boolean ours = switch (step.status(host, later)) {
                case ALREADY_DONE, NOT_STARTED -> false;
                case DONE, FAILED, IN_DOUBT, UNDONE -> true;
            };
            if (ours && actions.get(later).hasEffectToUndo()) {
                return true;
            }
        }
        return false;
    }
}
