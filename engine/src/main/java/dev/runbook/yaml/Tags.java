package dev.runbook.yaml;

import dev.runbook.yaml.YamlValue.Kind;
import java.util.Optional;
import java.util.Set;

/** The tags of the core schema, which cannot run code. */
final class Tags {
    private static final String PREFIX = "tag:yaml.org,2002:";
    private static final Set<String> CORE = Set.of("str", "int", "float", "bool", "null", "map", "seq");

    private Tags() {}

    static boolean isCore(String tag) {
        // "!" alone only states that the value is no number or boolean.
        return tag.equals("!") || (tag.startsWith(PREFIX) && CORE.contains(tag.substring(PREFIX.length())));
    }

    static String shown(String tag) {
        return tag.startsWith(PREFIX) ? "!!" + tag.substring(PREFIX.length()) : tag;
    }

    /** The kind of a scalar with a core tag; empty when its text does not fit the tag. */
    static Optional<Kind> kind(String tag, String text) {
        var plain = ScalarKinds.ofPlain(text, Dialect.RUNBOOK);
        return switch (shown(tag)) {
            case "!!int" -> Optional.of(Kind.INT).filter(plain::equals);
            case "!!bool" -> Optional.of(Kind.BOOL).filter(plain::equals);
            case "!!null" -> Optional.of(Kind.NULL).filter(plain::equals);
            case "!!float" -> Optional.of(Kind.FLOAT).filter(kind -> plain == kind || plain == Kind.INT);
            default -> Optional.of(Kind.STRING);
        };
    }
}
