package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line of a unit into words like systemd, with quotes and C escapes, and quotes a word so that it reads back
 * (systemd: man systemd.syntax, "Quoting"; src/basic/extract-word.c).
 */
final class SystemdQuoting {
    private static final String SEPARATORS = " \t\n\r";

    private SystemdQuoting() {}

    /** Specifiers ({@code %i}) and variables ({@code $NAME}) are not replaced. */
    static List<SystemdWord> split(String line) throws ConfigProblem {
        List<SystemdWord> words = new ArrayList<>();
        int index = 0;
        while (index < line.length()) {
            if (SEPARATORS.indexOf(line.charAt(index)) >= 0) {
                index++;
                continue;
            }
            StringBuilder value = new StringBuilder();
            int end = word(line, index, value);
            words.add(new SystemdWord(line.substring(index, end), value.toString()));
            index = end;
        }
        return List.copyOf(words);
    }

    private static int word(String line, int start, StringBuilder value) throws ConfigProblem {
        char quote = 0;
        int index = start;
        for (; index < line.length(); index++) {
            char character = line.charAt(index);
            if (character == '\\') {
                index = escape(line, index + 1, value);
            } else if (quote != 0) {
                if (character == quote) {
                    quote = 0;
                } else {
                    value.append(character);
                }
            } else if (character == '"' || character == '\'') {
                quote = character;
            } else if (SEPARATORS.indexOf(character) >= 0) {
                break;
            } else {
                value.append(character);
            }
        }
        if (quote != 0) {
            throw new ConfigProblem("unclosed quote in: " + line);
        }
        return index;
    }

    /** @return index of the escape's last character */
    private static int escape(String line, int index, StringBuilder value) throws ConfigProblem {
        char kind = index < line.length() ? line.charAt(index) : ' ';
        int digits = switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
        if (digits > 0 && index + digits < line.length()) {
            String hexadecimal = line.substring(index + 1, index + 1 + digits);
            if (hexadecimal.matches("[0-9a-fA-F]+")
                    && Character.isValidCodePoint(Integer.parseUnsignedInt(hexadecimal, 16))) {
                value.appendCodePoint(Integer.parseUnsignedInt(hexadecimal, 16));
                return index + digits;
            }
        }
        int simple = "abfnrtvs\\\"'".indexOf(kind);
        if (simple < 0) {
            throw new ConfigProblem("the escape \\" + kind + " is unknown, in: " + line);
        }
        value.append("\u0007\b\f\n\r\t\u000b \\\"'".charAt(simple));
        return index;
    }

    /** Quotes an argument without specifiers and variables. */
    static String quote(String value) {
        if (value.matches("[A-Za-z0-9_./:=,@+~\\[\\]-]+")) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '"', '\\' -> quoted.append('\\').append(character);
                case '%', '$' -> quoted.append(character).append(character);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (character < ' ' || character == 0x7f) {
                        quoted.append("\\x%02x".formatted((int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
