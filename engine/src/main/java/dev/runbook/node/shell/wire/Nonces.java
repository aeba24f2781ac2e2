package dev.runbook.node.shell.wire;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words that cannot be guessed. */
public final class Nonces {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonces() {}

    public static String next() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
