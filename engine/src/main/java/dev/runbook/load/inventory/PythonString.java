package dev.runbook.load.inventory;

import java.util.Optional;

/** A quoted string of Python, from its opening quote on. */
final class PythonString {
    /**
     * The string's value.
     *
     * @param end offset after the closing quote
     */
    record Read(String value, int end) {}

    private final String text;
    private final String quote;
    private int at;

    PythonString(String text, int start) {
        this.text = text;
        var single = text.substring(start, start + 1);
        this.quote = text.startsWith(single.repeat(3), start) ? single.repeat(3) : single;
        this.at = start + quote.length();
    }

    /** Empty when it is not closed, or has an escape that Python refuses. */
    Optional<Read> read() {
        var value = new StringBuilder();
        while (at < text.length()) {
            if (text.startsWith(quote, at)) {
                return Optional.of(new Read(value.toString(), at + quote.length()));
            }
            var character = text.charAt(at);
            at++;
            if (character != '\\') {
                value.append(character);
            } else if (at == text.length() || !escape(value)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean escape(StringBuilder value) {
        var character = text.charAt(at);
        at++;
        switch (character) {
            case '\\', '\'', '"' -> value.append(character);
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'v' -> value.append('\u000B');
            case 'x' -> {
                return code(value, 2, 16);
            }
            case 'u' -> {
                return code(value, 4, 16);
            }
            case 'U' -> {
                return code(value, 8, 16);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                var length = 1;
                while (length < 3 && at + length < text.length() && isOctal(text.charAt(at + length))) {
                    length++;
                }
                return code(value, length, 8);
            }
            // By name: rare, and Python's table is not at hand.
            case 'N' -> {
                return false;
            }
            // An unknown escape stays as it is.
            default -> value.append('\\').append(character);
        }
        return true;
    }

    private static boolean isOctal(char character) {
        return character >= '0' && character <= '7';
    }

    private boolean code(StringBuilder value, int length, int radix) {
        if (at + length > text.length()) {
            return false;
        }
        var digits = text.substring(at, at + length);
        at += length;
        if (!digits.matches("[0-9a-fA-F]+")) {
            return false;
        }
        var code = Long.parseLong(digits, radix);
        if (code > Character.MAX_CODE_POINT) {
            return false;
        }
        value.appendCodePoint((int) code);
        return true;
    }
}
