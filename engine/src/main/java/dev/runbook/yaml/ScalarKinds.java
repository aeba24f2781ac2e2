package dev.runbook.yaml;

import dev.runbook.yaml.YamlValue.Kind;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Types of plain scalars: YAML 1.2 core schema, and Ansible's booleans of YAML 1.1 in inventories. */
final class ScalarKinds {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern ANSIBLE_BOOL =
            Pattern.compile("true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF");
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private ScalarKinds() {}

    static Kind ofPlain(String text, Dialect dialect) {
        if (NULL.matcher(text).matches()) {
            return Kind.NULL;
        }
        var bool = switch (dialect) {
            case RUNBOOK -> BOOL;
            case INVENTORY -> ANSIBLE_BOOL;
        };
        if (bool.matcher(text).matches()) {
            return Kind.BOOL;
        }
        if (INT.matcher(text).matches()) {
            // A number that does not fit a long (an account id, a hash) stays text.
            return parseLong(text).isPresent() ? Kind.INT : Kind.STRING;
        }
        return FLOAT.matcher(text).matches() ? Kind.FLOAT : Kind.STRING;
    }

    static boolean isTrue(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            default -> false;
        };
    }

    static OptionalLong parseLong(String text) {
        try {
            if (text.startsWith("0o")) {
                return OptionalLong.of(Long.parseLong(text.substring(2), 8));
            }
            if (text.startsWith("0x")) {
                return OptionalLong.of(Long.parseLong(text.substring(2), 16));
            }
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    static double parseDouble(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals(".nan") ? Double.NaN : Double.parseDouble(text);
    }
}
