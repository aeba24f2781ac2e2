package dev.runbook.etcd.identity;

import java.util.regex.Pattern;

/** Parses IDs in hexadecimal. */
final class Hexadecimal {
    private static final Pattern SIXTEEN_DIGITS = Pattern.compile("[0-9a-fA-F]{1,16}");

    private Hexadecimal() {}

    static long parse(String what, String text) {
        if (!SIXTEEN_DIGITS.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " is not 1 to 16 hexadecimal digits: '" + text + "'");
        }
        return Long.parseUnsignedLong(text, 16);
    }
}
