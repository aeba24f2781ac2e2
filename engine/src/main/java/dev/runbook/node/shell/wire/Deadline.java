package dev.runbook.node.shell.wire;

import java.time.Duration;

/** The point in time at which a wait ends, by the clock that never jumps. */
public record Deadline(long at, Duration length) {
    public static Deadline in(Duration length) {
        return new Deadline(System.nanoTime() + length.toNanos(), length);
    }

    /** What is left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    public boolean passed() {
        return left().isZero();
    }
}
