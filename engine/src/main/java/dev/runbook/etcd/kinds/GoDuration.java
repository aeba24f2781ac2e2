package dev.runbook.etcd.kinds;

import java.math.BigDecimal;

/** Formats durations like Go: {@code 1h0m0.5s}, {@code 1.5ms}, {@code 0s}. */
final class GoDuration {
    private GoDuration() {}

    static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        BigDecimal size = BigDecimal.valueOf(nanos).abs();
        if (size.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
            int digits = size.precision();
            return sign
                    + (digits > 6
                            ? number(size, 6) + "ms"
                            : digits > 3 ? number(size, 3) + "\u00b5s" : number(size, 0) + "ns");
        }
        BigDecimal[] minutes = size.divideAndRemainder(BigDecimal.valueOf(60_000_000_000L));
        long whole = minutes[0].longValueExact();
        return sign
                + (whole >= 60 ? whole / 60 + "h" : "")
                + (whole > 0 ? whole % 60 + "m" : "")
                + number(minutes[1], 9)
                + "s";
    }

    private static String number(BigDecimal nanos, int digits) {
        BigDecimal scaled = nanos.movePointLeft(digits);
        return scaled.signum() == 0 ? "0" : scaled.stripTrailingZeros().toPlainString();
    }
}
