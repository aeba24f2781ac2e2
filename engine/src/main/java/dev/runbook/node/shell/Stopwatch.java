package dev.runbook.node.shell;

import java.time.Duration;

/** How long something took, by the clock that never jumps. */
record Stopwatch(long start) {
    static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    Duration read() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
