package dev.runbook.node.shell.wire;

import java.time.Duration;

/** How long something took, by the clock that never jumps. */
public record Stopwatch(long start) {
    public static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    public Duration read() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
