package dev.runbook.execute;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A person's wish to stop, told from another thread. */
public final class Interrupt {
    /** What is wished. */
    public enum Wish {
        NONE,
        /** Finish or end the action in flight, then put everything back. */
        ROLL_BACK,
        /** Stop where it is; the run can be taken back or on later. */
        STOP_NOW
    }

    private final AtomicReference<Wish> wish = new AtomicReference<>(Wish.NONE);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Wish wish() {
        return wish.get();
    }

    /** A stronger wish replaces a weaker one, never the other way round. */
    public void ask(Wish asked) {
        wish.updateAndGet(before -> asked.compareTo(before) > 0 ? asked : before);
        listeners.forEach(Runnable::run);
    }

    void onAsk(Runnable listener) {
        listeners.add(listener);
    }
}
