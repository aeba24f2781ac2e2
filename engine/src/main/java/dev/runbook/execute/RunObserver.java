package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.action.Action;
import java.util.OptionalLong;

/**
 * Who watches a run: its events, as they are journaled, and between them what each host does now, which no journal holds.
 * Called from the threads of the hosts, so it must return soon; events come one after the other, the rest from any thread.
 */
@FunctionalInterface
public interface RunObserver {
    /** The event is in the journal. */
    void accept(RunEvent event);

    /**
     * A host begins an action, or its undo.
     *
     * @param index of the action, or of the one that is undone, among the step's actions of that host
     * @param action what the host does
     */
    default void begins(int step, String host, int index, Action action) {}

    /**
     * What the host's action waits for is not there yet.
     *
     * @param seen what was found last; whatever a program of the node printed may be in it
     */
    default void waits(String host, String seen) {}

    /**
     * The host's action moves bytes.
     *
     * @param bytes that have left this machine, or have arrived on it
     * @param total how many there will be; empty where that is not known
     */
    default void transferred(String host, long bytes, OptionalLong total) {}
}
