package dev.runbook.report.live;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** Times and sizes, short enough for a line that changes several times a second. */
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final int THOUSAND = 1000;

    private Amounts() {}

    /** Whole seconds, rounded, such as {@code 4 s}, {@code 2 min} or {@code 1 min 30 s}. */
    static String of(Duration time) {
        long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
        long minutes = seconds / 60;
        if (minutes == 0) {
            return seconds + " s";
        }
        if (minutes < 60) {
            return minutes + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    /** Powers of ten, two significant digits or more, such as {@code 1.2 MB} or {@code 135 kB}. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= THOUSAND && unit < UNITS.length - 1) {
            amount /= THOUSAND;
            unit++;
        }
        return (unit == 0 || amount >= 10
                        ? Long.toString(Math.round(amount))
                        : String.format(Locale.ROOT, "%.1f", amount))
                + " " + UNITS[unit];
    }

    /** How much of a whole, such as {@code 54 MB of 135 MB, 40 %}. */
    static String bytes(long bytes, OptionalLong total) {
        if (total.isEmpty() || total.getAsLong() <= 0) {
            return bytes(bytes);
        }
        return bytes(bytes) + " of " + bytes(total.getAsLong()) + ", " + bytes * 100 / total.getAsLong() + " %";
    }
}
