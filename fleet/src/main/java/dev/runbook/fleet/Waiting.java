package dev.runbook.fleet;

import java.time.Duration;
import java.util.function.Supplier;

/** Waiting with a deadline: nothing in a fleet waits for ever. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(150);

    private Waiting() {}

    /** Asks again and again until no problem is left; {@code problem} returns an empty string when all is well. */
    static void until(String what, Duration limit, Supplier<String> problem) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            String last = problem.get();
            if (last.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new FleetException(
                        "%s: not after %d s; last seen: %s".formatted(what, limit.toSeconds(), last.strip()));
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
