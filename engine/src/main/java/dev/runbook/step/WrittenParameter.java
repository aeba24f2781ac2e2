package dev.runbook.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A step's parameter as the runbook has it, defaults included, as far as it is known without any host's facts. */
public sealed interface WrittenParameter {
    /**
     * A value that is the same on every host.
     *
     * @param value a String, Boolean, Integer, Long, Duration, Path, Secret or a constant of an enum
     * @param isDefault whether the runbook leaves the field out
     */
    record Known(Object value, boolean isDefault) implements WrittenParameter {}

    /**
     * An expression over values of a host, an earlier step or the command line.
     *
     * @param source as written in the runbook, braces included
     * @param references the qualified names that it uses, such as {@code steps.restored.token}
     */
    record Computed(String source, Set<String> references) implements WrittenParameter {
        public Computed {
            references = Set.copyOf(references);
        }
    }

    /** A list. */
    record Many(List<WrittenParameter> items) implements WrittenParameter {
        public Many {
            items = List.copyOf(items);
        }
    }

    /** A mapping, or a record with its fields as YAML writes them. */
    record Named(Map<String, WrittenParameter> fields) implements WrittenParameter {
        public Named {
            fields = Map.copyOf(fields);
        }
    }

    /** An optional field that is left out. */
    record Absent() implements WrittenParameter {}

    /** The value of a field of a record or mapping. */
    default WrittenParameter field(String name) {
        return this instanceof Named(var fields) ? fields.getOrDefault(name, new Absent()) : new Absent();
    }

    /** The items of a list; none for anything else. */
    default List<WrittenParameter> items() {
        return this instanceof Many(var items) ? items : List.of();
    }

    /** Whether the value is known and equals this one. */
    default boolean is(Object expected) {
        return this instanceof Known(var value, var isDefault) && value.equals(expected);
    }

    /** The text of a known value, or of an expression as it was written. */
    default Optional<String> text() {
        return switch (this) {
            case Known(var value, var isDefault) -> Optional.of(value.toString());
            case Computed(var source, var references) -> Optional.of(source);
            case Many many -> Optional.empty();
            case Named named -> Optional.empty();
            case Absent() -> Optional.empty();
        };
    }

    /** Whether the value depends on the run or an output of a step, so that it differs from run to run. */
    default boolean dependsOnRun() {
        return this instanceof Computed(var source, var references)
                && references.stream().anyMatch(name -> name.startsWith("run.") || name.startsWith("steps."));
    }
}
