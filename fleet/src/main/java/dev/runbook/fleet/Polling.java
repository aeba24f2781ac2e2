package dev.runbook.fleet;

import java.time.Duration;
import java.util.function.Supplier;

/** Polls for a condition until a deadline. */
final class Polling {
    private static final Duration PAUSE = Duration.ofMillis(400);

    private Polling() {}

    /** Polls until {@code problem} returns an empty string. */
    static void until(String what, Duration limit, Supplier<String> problem) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            String last = problem.get();
            if (last.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new FleetException(
                        "%s: not done after %d s; last problem: %s".formatted(what, limit.toSeconds(), last.strip()));
            }
            pause(what);
        }
    }

    private static void pause(String what) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FleetException(what + ": interrupted while waiting", interrupted);
        }
    }
}
