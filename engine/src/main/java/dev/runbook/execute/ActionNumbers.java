package dev.runbook.execute;

import dev.runbook.model.action.Action;
import java.util.List;

/**
 * Numbers in the nodes' journals. A node tells programs of a run apart by them, so an action has the same one in every
 * attempt, unless it is to be done once more.
 */
final class ActionNumbers {
    /** Room for this many actions a step, and as many undos. */
    private static final long PER_STEP = 1000;

    /** Undos lie above all steps. */
    private static final long FIRST_UNDO = 1_000_000;

    private static final long PER_EPOCH = 10_000_000;

    private ActionNumbers() {}

    /** Of the action with this index in the step's; those of a rollback alone have none, and are not counted. */
    static long forward(int step, List<Action> actions, int index) {
        return step * PER_STEP
                + actions.subList(0, index).stream()
                        .filter(action -> action.direction().forward())
                        .count();
    }

    /** For a program that a later controller runs once more: the result of the first execution must not count for it. */
    static long again(long number, long epoch) {
        return (epoch - 1) * PER_EPOCH + number;
    }

    /** The same number whoever runs it. */
    static long usual(long number) {
        return number % PER_EPOCH;
    }

    static boolean isUndo(long number) {
        return usual(number) >= FIRST_UNDO;
    }

    /** The step that a forward action belongs to. */
    static int step(long number) {
        return (int) (usual(number) / PER_STEP);
    }

    static int stepOfUndo(long number) {
        return (int) ((usual(number) - FIRST_UNDO) / PER_STEP);
    }

    static long undo(int step, int number) {
        return FIRST_UNDO + step * PER_STEP + number;
    }
}
