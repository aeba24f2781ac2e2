package dev.runbook.node.shell;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits in tests, each with an end. */
public final class Pauses {
    private Pauses() {}

    public static void of(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited 15 s in vain");
            }
            of(Duration.ofMillis(20));
        }
    }
}
