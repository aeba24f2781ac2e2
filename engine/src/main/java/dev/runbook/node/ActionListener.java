package dev.runbook.node;

import dev.runbook.model.ActionResult;
import java.util.OptionalLong;

/**
 * Notified of each action of a batch as it ends, and now and then of the one that is under way; {@code index} counts from 0
 * within the batch. Called from the thread that performs the batch, or from one that moves its bytes.
 */
@FunctionalInterface
public interface ActionListener {
    /** The action has ended. */
    void ended(int index, ActionResult result);

    /**
     * The action still waits. Says nothing of its result; a wait may well end without it.
     *
     * @param seen what was found last, in one line or a few; whatever a program of the node printed may be in it
     */
    default void waits(int index, String seen) {}

    /**
     * The action still moves bytes.
     *
     * @param bytes that have left this machine, or have arrived on it
     * @param total how many there will be; empty where that is not known
     */
    default void transferred(int index, long bytes, OptionalLong total) {}
}
