package dev.runbook.load.bind;

import dev.runbook.load.expression.Template;
import dev.runbook.model.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A checked parameter: a value, or an expression to evaluate on a host. */
sealed interface Slot {
    /** A value that is the same on every host; its compact constructor, if any, has run. */
    record Ready(Object value) implements Slot {}

    /** An expression, or a text with expressions. */
    record Computed(Template template, Shape shape) implements Slot {}

    /** A list that contains an expression. */
    record Items(List<Slot> items) implements Slot {}

    /** A mapping that contains an expression. */
    record Keyed(Map<String, Slot> entries) implements Slot {}

    /** An optional value that is computed. */
    record Wrapped(Slot value) implements Slot {}

    /** A record that contains an expression. */
    record Built(Shape.RecordShape shape, List<Slot> components, Position position) implements Slot {}

    /** The names that its expressions use. */
    default Set<String> references() {
        return names().collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> names() {
        return switch (this) {
            case Ready ready -> Stream.empty();
            case Computed(var template, var shape) -> template.references().stream();
            case Items(var items) -> items.stream().flatMap(Slot::names);
            case Keyed(var entries) -> entries.values().stream().flatMap(Slot::names);
            case Wrapped(var value) -> value.names();
            case Built(var shape, var components, var position) ->
                components.stream().flatMap(Slot::names);
        };
    }
}
