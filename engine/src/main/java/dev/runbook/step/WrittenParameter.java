package dev.runbook.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A step's parameter as a runbook has it, defaults included, as far as it is known before any host is looked at. */
public sealed interface WrittenParameter {
    /**
     * The same on every host.
     *
     * @param value a String, Boolean, Integer, Long, Duration, Path, Secret or a constant of an enum
     * @param isDefault whether the runbook leaves the field out
     */
    record Known(Object value, boolean isDefault) implements WrittenParameter {}

    /**
     * An expression that a host, an earlier step or the call decides.
     *
     * @param source as it stands in the runbook, braces included
     * @param references the qualified names that it uses, such as {@code steps.restored.token}
     */
    record Open(String source, Set<String> references) implements WrittenParameter {
        public Open {
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

    /** What a field of a record or mapping holds. */
    default WrittenParameter field(String name) {
        return this instanceof Named(var fields) ? fields.getOrDefault(name, new Absent()) : new Absent();
    }

    /** The items of a list; none for anything else. */
    default List<WrittenParameter> items() {
        return this instanceof Many(var items) ? items : List.of();
    }

    /** Whether it is known to be this. */
    default boolean is(Object expected) {
        return this instanceof Known(var value, var isDefault) && value.equals(expected);
    }

    /** The text of a known value, or of an expression as it was written. */
    default Optional<String> text() {
        return switch (this) {
            case Known(var value, var isDefault) -> Optional.of(value.toString());
            case Open(var source, var references) -> Optional.of(source);
            case Many many -> Optional.empty();
            case Named named -> Optional.empty();
            case Absent() -> Optional.empty();
        };
    }

    /** Whether it takes part in what makes a run this run: then it is another one each time. */
    default boolean isOfTheRun() {
        return this instanceof Open(var source, var references)
                && references.stream().anyMatch(name -> name.startsWith("run.") || name.startsWith("steps."));
    }
}
