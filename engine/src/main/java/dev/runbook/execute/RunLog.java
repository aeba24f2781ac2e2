package dev.runbook.execute;

import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.model.ActionResult;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Writes events to the journal, folds them into the state, and shows them, one after the other from any thread. */
final class RunLog {
    private final Journal journal;
    private final RunObserver view;
    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable whenFenced;
    private RunState state;
    private Optional<String> fenced = Optional.empty();

    /** @param whenFenced called once, when another controller has the run */
    RunLog(Journal journal, RunObserver view, RunState state, Runnable whenFenced) {
        this.whenFenced = whenFenced;
        this.journal = journal;
        this.view = view;
        this.state = state;
    }

    void write(RunEvent event) {
        lock.lock();
        try {
            if (fenced.isPresent()) {
                throw new Fenced(fenced.get());
            }
            journal.append(event);
            state = state.after(event);
            view.accept(event);
        } finally {
            lock.unlock();
        }
    }

    /** Who is told what hosts do between two events. */
    RunObserver observer() {
        return view;
    }

    /** This controller lost a node's lock to another one: nothing is written any more, so nothing can be begun. */
    static final class Fenced extends RuntimeException {
        Fenced(String by) {
            super(by);
        }
    }

    /**
     * Ends the log.
     *
     * @param by who has the run now, in the words of a node
     * @return to be thrown
     */
    Fenced fenced(String by) {
        boolean first;
        lock.lock();
        try {
            first = fenced.isEmpty();
            fenced = Optional.of(fenced.orElse(by));
        } finally {
            lock.unlock();
        }
        if (first) {
            whenFenced.run();
        }
        return new Fenced(by);
    }

    /** @throws Fenced when the node says that its lock is not this controller's any more */
    void stopWhenFenced(String host, ActionResult result) {
        if (result instanceof ActionResult.Fenced lost) {
            throw fenced(host + ": " + lost.failure().summary());
        }
    }

    /** Who has the run now; empty as long as this controller has it. */
    Optional<String> fencedBy() {
        lock.lock();
        try {
            return fenced;
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
