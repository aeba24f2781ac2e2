package dev.runbook.load.inventory;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a host's variables by type, and collects the problems of those that are read only. */
final class ConnectionVars {
    private final String host;
    private final Map<String, YamlValue> vars;
    private final List<Problem> problems = new ArrayList<>();

    ConnectionVars(String host, Map<String, YamlValue> vars) {
        this.host = host;
        this.vars = vars;
    }

    List<Problem> problems() {
        return problems;
    }

    /** The value of the first of these names that has one. */
    Optional<Scalar> find(String... names) {
        for (var name : names) {
            var value = vars.get(name);
            if (value instanceof Scalar scalar && scalar.isOpaque()) {
                refuse(
                        scalar,
                        "opaque-variable",
                        name + " of " + host + " is " + scalar.described() + ", which only Ansible can read",
                        "give it in plain text, or with -e " + name + "=...");
            } else if (value instanceof Scalar scalar && !scalar.isNull()) {
                return Optional.of(scalar);
            } else if (value != null && !(value instanceof Scalar)) {
                refuse(value, "wrong-type", name + " is a text, but this is " + value.described(), "");
            }
        }
        return Optional.empty();
    }

    Optional<String> text(String... names) {
        return find(names).map(Scalar::text);
    }

    int port(int otherwise, String... names) {
        var given = find(names);
        if (given.isEmpty()) {
            return otherwise;
        }
        var text = given.get().text();
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        refuse(
                given.get(),
                "wrong-type",
                names[0] + " is a port from 1 to 65535, but this is "
                        + given.get().described(),
                "");
        return otherwise;
    }

    boolean flag(String name) {
        var given = find(name);
        if (given.isEmpty()) {
            return false;
        }
        // In quotes and on the command line a boolean is text, which Ansible accepts.
        return switch (given.get().text().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> {
                refuse(
                        given.get(),
                        "wrong-type",
                        name + " is yes or no, but this is " + given.get().described(),
                        "");
                yield false;
            }
        };
    }

    void refuse(YamlValue value, String code, String summary, String next) {
        problems.add(Problem.at(value.position(), code, summary, next));
    }
}
