package dev.runbook.execute;

import dev.runbook.journal.StepState;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Compensation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be taken back of one step on one host, last action first, as the journal tells it.
 *
 * @param items what a machine can take back
 * @param impossible the action behind them that it cannot, with the reason
 */
record Compensations(List<Item> items, Optional<Impossible> impossible) {
    Compensations {
        items = List.copyOf(items);
    }

    /**
     * One undo.
     *
     * @param index of the action that it takes back
     * @param number the same in every attempt, since a node tells programs of a run apart by it
     */
    record Item(int index, int number, Action undo) {}

    /** An action that only a person can take back. */
    record Impossible(Action action, String because) {}

    boolean any() {
        return !items.isEmpty() || impossible.isPresent();
    }

    static Compensations of(StepState step, String host) {
        var items = new ArrayList<Item>();
        var actions = step.of(host);
        for (int index = actions.size() - 1; index >= 0; index--) {
            if (!isToBeTakenBack(step, host, index)) {
                continue;
            }
            if (actions.get(index).compensation() instanceof Compensation.Impossible(var because)) {
                return new Compensations(items, Optional.of(new Impossible(actions.get(index), because)));
            }
            int due = index;
            every(actions).stream().filter(item -> item.index() == due).forEach(items::add);
        }
        return new Compensations(items, Optional.empty());
    }

    /** All that these actions could ever need, in the order in which it is done. */
    static List<Item> every(List<Action> actions) {
        var items = new ArrayList<Item>();
        for (int index = actions.size() - 1; index >= 0; index--) {
            if (actions.get(index).compensation() instanceof Compensation.By(var by)) {
                for (var undo : by) {
                    items.add(new Item(index, items.size(), undo));
                }
            }
        }
        return items;
    }

    private static boolean isToBeTakenBack(StepState step, String host, int index) {
        return switch (step.standing(host, index)) {
            case NOT_OURS, UNTOUCHED, UNDONE -> false;
            case DONE, FAILED, IN_DOUBT ->
                step.of(host).get(index).hasEffectToUndo() || hasActedBehind(step, host, index);
        };
    }

    /** Something of the step is, or was, to be taken back on this host. */
    static boolean mayHaveActed(StepState step, String host) {
        return hasActedBehind(step, host, -1);
    }

    /** What is waited for once an act is undone may never have been so where the act was not ours. */
    private static boolean hasActedBehind(StepState step, String host, int index) {
        var actions = step.of(host);
        for (int behind = index + 1; behind < actions.size(); behind++) {
            boolean ours = switch (step.standing(host, behind)) {
                case NOT_OURS, UNTOUCHED -> false;
                case DONE, FAILED, IN_DOUBT, UNDONE -> true;
            };
            if (ours && actions.get(behind).hasEffectToUndo()) {
                return true;
            }
        }
        return false;
    }
}
