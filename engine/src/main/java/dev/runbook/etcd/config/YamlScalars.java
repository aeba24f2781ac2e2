package dev.runbook.etcd.config;

import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Spellings of a YAML scalar. */
final class YamlScalars {
    /** Text that every parser reads as a string without quotes, where it is allowed at all. */
    private static final Pattern TEXT = Pattern.compile("(--?[A-Za-z]|/|[A-Za-z]).*", Pattern.DOTALL);

    /** Words that are not strings in YAML 1.1, which Kubernetes and etcd read. */
    private static final Pattern RESERVED =
            Pattern.compile("y|yes|n|no|on|off|true|false|null|-?\\.(inf|nan)", Pattern.CASE_INSENSITIVE);

    private YamlScalars() {}

    /**
     * Spellings of a value, the one most like the old value first. The parser decides whether one fits.
     *
     * @param before the old value, in this style
     */
    static List<String> spellings(String value, ScalarStyle style, String before) {
        String single = "'" + value.replace("'", "''") + "'";
        String doubled = doubleQuoted(value);
        return switch (style) {
            case DOUBLE_QUOTED -> List.of(doubled);
            case SINGLE_QUOTED -> List.of(single, doubled);
            case PLAIN, LITERAL, FOLDED, JSON_SCALAR_STYLE -> {
                // A number or boolean that was plain stays plain, because quotes would make it a string.
                boolean plain = isText(value) || (!isText(before) && !before.isEmpty());
                yield plain && !value.isEmpty() ? List.of(value, single, doubled) : List.of(single, doubled);
            }
        };
    }

    private static boolean isText(String value) {
        return TEXT.matcher(value).matches() && !RESERVED.matcher(value).matches();
    }

    private static String doubleQuoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (printable(character)) {
                        quoted.appendCodePoint(character);
                    } else {
                        quoted.append("\\u%04x".formatted(character));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean printable(int character) {
        return (character >= 0x20 && character < 0x7f)
                || (character >= 0xa0
                        && character != 0x2028
                        && character != 0x2029
                        && character != 0xfeff
                        && character != 0xfffe
                        && character != 0xffff);
    }
}
