package dev.runbook.load.bind;

import dev.runbook.model.DidYouMean;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.YamlDocument;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the fields of a record from a mapping. */
final class RecordReader {
    private final SlotReader slots;
    private final Consumer<Problem> problems;

    RecordReader(SlotReader slots, Consumer<Problem> problems) {
        this.slots = slots;
        this.problems = problems;
    }

    /**
     * Empty when a problem was reported.
     *
     * @param place where to report problems of the record as a whole
     * @param noun name of the record for messages
     */
    Optional<Slot> read(Shape.RecordShape shape, YamlValue value, Position place, String noun) {
        return switch (value) {
            case Mapping mapping -> fields(shape, mapping, place, noun);
            case Scalar scalar when scalar.isNull() -> fields(shape, new Mapping(place, List.of()), place, noun);
            case Scalar scalar -> shorthand(shape, scalar, place);
            case YamlValue.Sequence sequence -> shorthand(shape, sequence, place);
        };
    }

    private Optional<Slot> fields(Shape.RecordShape shape, Mapping mapping, Position place, String noun) {
        var names = shape.fields().stream().map(Shape.Field::name).toList();
        var failed = false;
        for (var entry : mapping.entries()) {
            if (!names.contains(entry.name())) {
                problems.accept(Problem.at(
                        entry.key().position(),
                        "unknown-field",
                        noun + " has no field \"" + entry.name() + "\"",
                        names.isEmpty() ? "it takes no fields" : DidYouMean.hint(entry.name(), names)));
                failed = true;
            }
        }
        // A field that looks like a misspelt missing one is reported once, as the misspelling.
        var isMisspelt = failed;
        List<Slot> components = new ArrayList<>();
        for (var field : shape.fields()) {
            var given = mapping.find(field.name()).map(YamlValue.Entry::value).filter(it -> !isNull(it));
            var slot = given.isPresent()
                    ? slots.ofField(field.name()).read(given.get(), field.shape())
                    : absent(field, mapping, place, noun, isMisspelt);
            failed |= slot.isEmpty();
            slot.ifPresent(components::add);
        }
        return failed ? Optional.empty() : build(shape, components, place);
    }

    private Optional<Slot> absent(Shape.Field field, Mapping mapping, Position place, String noun, boolean isMisspelt) {
        if (field.fallback().isPresent()) {
            return Optional.of(fallback(field));
        }
        if (!field.isRequired()) {
            return Optional.of(new Slot.Ready(empty(field.shape())));
        }
        var isSlip = isMisspelt
                && mapping.keys().stream()
                        .anyMatch(key ->
                                DidYouMean.nearest(key, List.of(field.name())).isPresent());
        if (!isSlip) {
            var at = mapping.find(field.name())
                    .map(entry -> entry.key().position())
                    .orElse(place);
            problems.accept(Problem.at(
                    at,
                    "missing-field",
                    noun + " needs " + field.name(),
                    "add " + field.name() + ": with " + field.shape().expected()));
        }
        return Optional.empty();
    }

    private Slot fallback(Shape.Field field) {
        var document = YamlDocument.parse(
                "default of " + field.name(), field.fallback().orElseThrow(), Dialect.RUNBOOK);
        var value = document.root().orElseThrow(() -> new IllegalStateException("bad default: " + document.problems()));
        return slots.read(value, field.shape())
                .orElseThrow(() -> new IllegalStateException("the default of " + field.name() + " does not fit it"));
    }

    private static Object empty(Shape shape) {
        return switch (shape) {
            case Shape.OptionalShape maybe -> Optional.empty();
            case Shape.ListShape many -> List.of();
            case Shape.MapShape named -> Map.of();
            default -> throw new IllegalStateException("required: " + shape);
        };
    }

    private Optional<Slot> shorthand(Shape.RecordShape shape, YamlValue value, Position place) {
        var only = shape.shorthand();
        if (only.isEmpty()) {
            problems.accept(Problem.at(
                    value.position(), "wrong-type", "expected " + shape.expected() + ", not " + value.described(), ""));
            return Optional.empty();
        }
        List<Slot> components = new ArrayList<>();
        for (var field : shape.fields()) {
            if (field.equals(only.get())) {
                slots.ofField(field.name()).read(value, field.shape()).ifPresent(components::add);
            } else {
                components.add(field.fallback().isPresent() ? fallback(field) : new Slot.Ready(empty(field.shape())));
            }
        }
        return components.size() < shape.fields().size() ? Optional.empty() : build(shape, components, place);
    }

    private Optional<Slot> build(Shape.RecordShape shape, List<Slot> components, Position place) {
        var values = components.stream()
                .flatMap(slot -> SlotReader.ready(slot).stream())
                .toList();
        if (values.size() < components.size()) {
            return Optional.of(new Slot.Built(shape, components, place));
        }
        return switch (Construction.of(shape, values, place)) {
            case Construction.Made(var made) -> Optional.of(new Slot.Ready(made));
            case Construction.Refused(var problem) -> {
                problems.accept(problem);
                yield Optional.empty();
            }
        };
    }

    private static boolean isNull(YamlValue value) {
        return value instanceof Scalar scalar && scalar.isNull();
    }
}
