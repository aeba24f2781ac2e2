package dev.runbook.yaml;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Anchors and aliases. Aliases share their anchor's subtree, so they cost no memory; but a walk of the tree visits it for
 * each alias, so the values are counted as if they had been written out.
 */
final class Aliases {
    private static final int MAXIMUM_ALIASES = 1_000;
    private static final int MAXIMUM_VALUES = 500_000;

    private record Anchored(Optional<YamlValue> value, int values) {}

    private final Map<String, Anchored> anchors = new HashMap<>();
    private final Consumer<Problem> problems;
    private int used;
    private int counted;
    private boolean refused;

    Aliases(Consumer<Problem> problems) {
        this.problems = problems;
    }

    int counted() {
        return counted;
    }

    void count(Position position) {
        add(1, position);
    }

    void open(String anchor) {
        anchors.put(anchor, new Anchored(Optional.empty(), 0));
    }

    void close(String anchor, YamlValue value, int values) {
        anchors.put(anchor, new Anchored(Optional.of(value), values));
    }

    /** Empty when a problem was reported instead. */
    Optional<YamlValue> resolve(String name, Position position) {
        var anchored = anchors.get(name);
        if (anchored == null) {
            problems.accept(Problem.at(
                    position,
                    "yaml-alias",
                    "no anchor &" + name + " precedes this alias",
                    "quote the value if the asterisk belongs to it"));
            return Optional.empty();
        }
        if (anchored.value().isEmpty()) {
            problems.accept(Problem.at(position, "yaml-alias", "the alias *" + name + " is inside its own anchor", ""));
            return Optional.empty();
        }
        used++;
        return add(anchored.values(), position) ? anchored.value() : Optional.empty();
    }

    private boolean add(int values, Position position) {
        counted = Math.min(counted + values, MAXIMUM_VALUES + 1);
        if (used <= MAXIMUM_ALIASES && counted <= MAXIMUM_VALUES) {
            return true;
        }
        if (!refused) {
            refused = true;
            problems.accept(Problem.at(
                    position,
                    "yaml-too-large",
                    "the aliases up to here stand for too many values",
                    "write the values out, or make the file smaller"));
        }
        return false;
    }
}
