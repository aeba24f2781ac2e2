package dev.runbook.execute;

import dev.runbook.journal.StepState;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.RunProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * A forward action that is still to be done.
 *
 * @param index in the step's actions of its host
 * @param number in the node's journal
 * @param maybeDone it may have been done before: when it is found done, this run did it
 */
record PendingAction(int index, long number, Action action, boolean maybeDone) {
    /**
     * What is left of a step on a host, in order.
     *
     * @param fresh the step begins now for the first time
     * @param epoch of the controller that is going to do it
     * @param known what the nodes' own journals hold
     */
    static List<PendingAction> of(
            int number, StepState step, String host, boolean fresh, long epoch, NodeJournals known) {
        var pending = new ArrayList<PendingAction>();
        var actions = step.of(host);
        for (int index = 0; index < actions.size(); index++) {
            var action = actions.get(index);
            if (!action.direction().forward()) {
                continue;
            }
            long usual = ActionNumbers.forward(number, actions, index);
            switch (step.status(host, index)) {
                case DONE, ALREADY_DONE -> {}
                case IN_DOUBT, FAILED -> {
                    // What still runs is found again under its number.
                    long next =
                            known.running(host, usual, action).orElseGet(() -> numbered(action, fresh, usual, epoch));
                    pending.add(new PendingAction(index, next, action, !fresh));
                }
                case NOT_STARTED, UNDONE ->
                    pending.add(new PendingAction(index, numbered(action, fresh, usual, epoch), action, false));
            }
        }
        return pending;
    }

    /** All forward actions, whatever their status. */
    static List<PendingAction> repeated(int number, StepState step, String host) {
        var pending = new ArrayList<PendingAction>();
        var actions = step.of(host);
        for (int index = 0; index < actions.size(); index++) {
            if (actions.get(index).direction().forward()) {
                pending.add(new PendingAction(
                        index, ActionNumbers.forward(number, actions, index), actions.get(index), true));
            }
        }
        return pending;
    }

    /** The same actions; the first {@code sent} were sent when the connection was lost, and may have been done. */
    static List<PendingAction> again(List<PendingAction> pending, int sent) {
        var again = new ArrayList<>(pending);
        for (int index = 0; index < sent; index++) {
            var each = pending.get(index);
            again.set(index, new PendingAction(each.index(), each.number(), each.action(), true));
        }
        return again;
    }

    /** A program's earlier result lies under its number, so a repeated program gets another one. */
    private static long numbered(Action action, boolean fresh, long usual, long epoch) {
        return fresh || !(action instanceof RunProgram) ? usual : ActionNumbers.again(usual, epoch);
    }

    /** A batch counts its numbers on by one, so a gap in them begins a new one. */
    static List<List<PendingAction>> inRows(List<PendingAction> pending) {
        var rows = new ArrayList<List<PendingAction>>();
        for (var each : pending) {
            if (rows.isEmpty() || rows.getLast().getLast().number() + 1 != each.number()) {
                rows.add(new ArrayList<>());
            }
            rows.getLast().add(each);
        }
        return rows;
    }
}
