package dev.runbook.cli.terminal;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether this process may have changed anything on a node or in a journal, so that an internal error needs the operator. */
public final class Touched {
    private static final AtomicBoolean TOUCHED = new AtomicBoolean();

    private Touched() {}

    /** To be called right before the first change. */
    public static void mark() {
        TOUCHED.set(true);
    }

    /** Forgets the marks of an earlier command in this process. */
    public static void clear() {
        TOUCHED.set(false);
    }

    public static boolean isMarked() {
        return TOUCHED.get();
    }
}
