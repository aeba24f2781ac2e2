package dev.runbook.node.shell;

import java.time.Duration;

/** A point in time until which somebody waits, by the clock that never jumps. */
record Deadline(long at, Duration length) {
    static Deadline in(Duration length) {
        return new Deadline(System.nanoTime() + length.toNanos(), length);
    }

    /** What is left, never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    boolean passed() {
        return left().isZero();
    }
}
