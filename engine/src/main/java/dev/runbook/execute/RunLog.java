package dev.runbook.execute;

import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Writes events to the journal, folds them into the state, and shows them, one after the other from any thread. */
final class RunLog {
    private final Journal journal;
    private final Consumer<RunEvent> view;
    private final ReentrantLock lock = new ReentrantLock();
    private RunState state;

    RunLog(Journal journal, Consumer<RunEvent> view, RunState state) {
        this.journal = journal;
        this.view = view;
        this.state = state;
    }

    void write(RunEvent event) {
        lock.lock();
        try {
            journal.append(event);
            state = state.after(event);
            view.accept(event);
        } finally {
            lock.unlock();
        }
    }

    RunState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }
}
