package dev.runbook.steps.preflight;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/** How large a member lets its database grow (etcd: server/storage/quota.go). */
final class Quota {
    private static final long USUAL = 2L << 30;

    private Quota() {}

    /**
     * Reads {@code --quota-backend-bytes}.
     *
     * @return bytes; empty where there is no limit (a negative value), or the value is no number, with which etcd does not start
     */
    static OptionalLong of(Optional<String> flag) {
        if (flag.isEmpty()) {
            return OptionalLong.of(USUAL);
        }
        try {
            // Go's flag package takes 0x, 0o, 0b and underscores, too.
            var text = flag.get().strip().replace("_", "").toLowerCase(java.util.Locale.ROOT);
            long bytes = text.startsWith("0x")
                    ? new BigInteger(text.substring(2), 16).longValueExact()
                    : Long.parseLong(text);
            return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes == 0 ? USUAL : bytes);
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
