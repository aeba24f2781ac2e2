package dev.runbook.execute;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The operator's request to stop, made from another thread. */
public final class Interrupt {
    /** What is requested. */
    public enum Request {
        NONE,
        /** Finish or end the action in flight, then roll back. */
        ROLL_BACK,
        /** Stop at once; the run can be rolled back or resumed later. */
        STOP_NOW
    }

    private final AtomicReference<Request> request = new AtomicReference<>(Request.NONE);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Request request() {
        return request.get();
    }

    /** A stronger request replaces a weaker one, never the other way round. */
    public void ask(Request asked) {
        request.updateAndGet(before -> asked.compareTo(before) > 0 ? asked : before);
        listeners.forEach(Runnable::run);
    }

    void onAsk(Runnable listener) {
        listeners.add(listener);
    }
}
