package dev.runbook.load.inventory;

import dev.runbook.model.Position;
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
    private static final String OPAQUE = "opaque-variable";

    /** Variables in which no two hosts have the same value. */
    private static final List<String> PER_HOST = List.of("ansible_host", "ansible_ssh_host");

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
                refuse(scalar, OPAQUE, unreadable(name, scalar), inPlace(name));
            } else if (value instanceof Scalar scalar && !scalar.isNull()) {
                return Optional.of(scalar);
            } else if (value != null && !(value instanceof Scalar)) {
                refuse(value, "wrong-type", name + " is a text, but this is " + value.described(), "");
            }
        }
        return Optional.empty();
    }

    /** The first of these that has a value which needs no Ansible to read; no problem for the others. */
    Optional<Scalar> readable(String... names) {
        for (var name : names) {
            if (vars.get(name) instanceof Scalar scalar && !scalar.isOpaque() && !scalar.isNull()) {
                return Optional.of(scalar);
            }
        }
        return Optional.empty();
    }

    /**
     * The problem of the first of these that only Ansible can read.
     *
     * @param next what to do about it
     */
    Optional<Problem> opaque(String next, String... names) {
        for (var name : names) {
            if (vars.get(name) instanceof Scalar scalar && scalar.isOpaque()) {
                return Optional.of(Problem.at(scalar.position(), OPAQUE, unreadable(name, scalar), next));
            }
        }
        return Optional.empty();
    }

    private String unreadable(String name, Scalar scalar) {
        return name + " of " + host + " is " + scalar.described() + ", which only Ansible can read";
    }

    /** Where to write a value in plain. A value of {@code -e} is for every host, and shown to every user of the machine. */
    private String inPlace(String name) {
        if (InventoryLoader.isPassword(name)) {
            return "write all: {hosts: {" + host + ": {" + name
                    + ": ...}}} into a file that only you can read, and add it" + " with -i";
        }
        return PER_HOST.contains(name)
                ? "give it in plain text"
                : "give it in plain text, or for all hosts with -e " + name + "=...";
    }

    Optional<String> text(String... names) {
        return find(names).map(Scalar::text);
    }

    Optional<Integer> port(String... names) {
        var given = find(names);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var text = given.get().text();
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535) {
            return Optional.of(Integer.parseInt(text));
        }
        refuse(
                given.get(),
                "wrong-type",
                names[0] + " is a port from 1 to 65535, but this is "
                        + given.get().described(),
                "");
        return Optional.empty();
    }

    /** The position of a variable's value, of whatever type. */
    Optional<Position> place(String name) {
        return vars.get(name) instanceof Scalar scalar && scalar.isNull()
                ? Optional.empty()
                : Optional.ofNullable(vars.get(name)).map(YamlValue::position);
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

    void refuse(Problem problem) {
        problems.add(problem);
    }

    void refuse(YamlValue value, String code, String summary, String next) {
        problems.add(Problem.at(value.position(), code, summary, next));
    }
}
