package dev.runbook.node.shell;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words that nobody guesses. */
final class Nonces {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonces() {}

    static String next() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
