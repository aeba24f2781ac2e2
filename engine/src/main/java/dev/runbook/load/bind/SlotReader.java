package dev.runbook.load.bind;

import dev.runbook.load.expression.ExpressionType;
import dev.runbook.load.expression.Template;
import dev.runbook.load.expression.TemplateReader;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.step.ValueType;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks YAML values against shapes. A value without expressions is converted at once. */
final class SlotReader {
    private final Optional<TemplateReader> templates;
    private final int step;
    private final Surroundings surroundings;
    private final String noun;
    private final Consumer<Problem> problems;

    /** @param templates empty where expressions are not allowed */
    SlotReader(Optional<TemplateReader> templates, int step, Surroundings surroundings, Consumer<Problem> problems) {
        this(templates, step, surroundings, "a value here", problems);
    }

    private SlotReader(
            Optional<TemplateReader> templates,
            int step,
            Surroundings surroundings,
            String noun,
            Consumer<Problem> problems) {
        this.noun = noun;
        this.templates = templates;
        this.step = step;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** The same reader, which puts the field's name before the problems of its value. */
    SlotReader ofField(String name) {
        return new SlotReader(
                templates,
                step,
                surroundings,
                name,
                problem -> problems.accept(
                        problem.summary().startsWith("expected ")
                                ? problem.withSummary(name + ": " + problem.summary())
                                : problem));
    }

    /** Empty when a problem was reported. */
    Optional<Slot> read(YamlValue value, Shape shape) {
        if (value instanceof Scalar scalar && TemplateReader.hasExpression(scalar) && templates.isPresent()) {
            return templates.get().read(scalar, step).flatMap(template -> computed(template, shape));
        }
        return switch (shape) {
            case Shape.OptionalShape(var inner)
            when value instanceof Scalar scalar && scalar.isNull() -> Optional.of(new Slot.Ready(Optional.empty()));
            case Shape.OptionalShape(var inner) -> read(value, inner).map(SlotReader::wrapped);
            case Shape.ListShape(var item) when value instanceof Sequence sequence -> items(sequence, item);
            case Shape.MapShape(var inner) when value instanceof Mapping mapping -> keyed(mapping, inner);
            case Shape.RecordShape fields ->
                new RecordReader(this, problems).read(fields, value, value.position(), noun);
            case Shape.StringShape(),
                    Shape.BooleanShape(),
                    Shape.DurationShape(),
                    Shape.PathShape(),
                    Shape.SecretShape() -> literal(value, shape);
            case Shape.IntegerShape whole -> literal(value, shape);
            case Shape.EnumShape choice -> literal(value, shape);
            case Shape.ListShape many -> refuse(value, shape);
            case Shape.MapShape named -> refuse(value, shape);
        };
    }

    private static Slot wrapped(Slot inner) {
        return inner instanceof Slot.Ready(var ready) ? new Slot.Ready(Optional.of(ready)) : new Slot.Wrapped(inner);
    }

    private Optional<Slot> literal(YamlValue value, Shape shape) {
        if (!(value instanceof Scalar scalar) || scalar.isNull() || scalar.isOpaque()) {
            return refuse(value, shape);
        }
        // A number keeps its text as written: the version 1.20 does not become 1.2.
        var isText = shape instanceof Shape.StringShape && (scalar.kind() == Kind.INT || scalar.kind() == Kind.FLOAT);
        var isSpelled = shape instanceof Shape.EnumShape || shape instanceof Shape.SecretShape;
        var plain = isText || isSpelled ? scalar.text() : Objects.requireNonNull(scalar.plain());
        return switch (Conversion.of(plain, shape, surroundings)) {
            case Conversion.Done(var done) -> Optional.of(new Slot.Ready(done));
            case Conversion.Refused(var code, var summary, var next) -> {
                problems.accept(Problem.at(value.position(), code, summary, next));
                yield Optional.empty();
            }
        };
    }

    private Optional<Slot> refuse(YamlValue value, Shape shape) {
        problems.accept(Problem.at(
                value.position(), "wrong-type", "expected " + shape.expected() + ", not " + value.described(), ""));
        return Optional.empty();
    }

    private Optional<Slot> items(Sequence sequence, Shape item) {
        List<Slot> slots = new ArrayList<>();
        sequence.items().forEach(value -> read(value, item).ifPresent(slots::add));
        if (slots.size() < sequence.items().size()) {
            return Optional.empty();
        }
        var values = slots.stream().map(SlotReader::ready).toList();
        return Optional.of(
                values.stream().allMatch(Optional::isPresent)
                        ? new Slot.Ready(
                                values.stream().flatMap(Optional::stream).toList())
                        : new Slot.Items(slots));
    }

    private Optional<Slot> keyed(Mapping mapping, Shape inner) {
        Map<String, Slot> slots = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> read(entry.value(), inner).ifPresent(slot -> slots.put(entry.name(), slot)));
        if (slots.size() < mapping.entries().size()) {
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        slots.forEach((name, slot) -> ready(slot).ifPresent(value -> values.put(name, value)));
        return Optional.of(
                values.size() == slots.size()
                        ? new Slot.Ready(Collections.unmodifiableMap(values))
                        : new Slot.Keyed(slots));
    }

    static Optional<Object> ready(Slot slot) {
        return slot instanceof Slot.Ready(var value) ? Optional.of(value) : Optional.empty();
    }

    /** Checks the known part of an expression's type now, and the rest when it is evaluated. */
    private Optional<Slot> computed(Template template, Shape shape) {
        var inner = shape instanceof Shape.OptionalShape(var value) ? value : shape;
        if (template instanceof Template.Whole(var scalar, var expression)) {
            var mismatch = switch (expression.type()) {
                case ExpressionType.Dynamic() -> false;
                case ExpressionType.Other(var name) -> !(inner instanceof Shape.MapShape);
                case ExpressionType.Known(var type, var mayBeMissing) -> !fits(type, inner);
            };
            if (mismatch) {
                problems.accept(Problem.at(
                        expression.position(),
                        expression.type() instanceof ExpressionType.Known(var type, var mayBeMissing)
                                        && type == ValueType.SECRET
                                ? "secret-use"
                                : "wrong-type",
                        "expected " + shape.expected() + ", but the expression is "
                                + expression.type().described(),
                        ""));
                return Optional.empty();
            }
            var isUnsure =
                    expression.type() instanceof ExpressionType.Known(var type, var mayBeMissing) && mayBeMissing;
            if (isUnsure && !(shape instanceof Shape.OptionalShape)) {
                problems.accept(Problem.at(
                        expression.position(),
                        "missing-value",
                        "this input may have no value, but a value is required here",
                        "give the input a default, or make it required"));
                return Optional.empty();
            }
        }
        return Optional.of(new Slot.Computed(template, shape));
    }

    private static boolean fits(ValueType type, Shape shape) {
        return switch (shape) {
            case Shape.StringShape() ->
                type != ValueType.SECRET && type != ValueType.STRING_LIST && type != ValueType.BOOL;
            case Shape.BooleanShape() -> type == ValueType.BOOL;
            case Shape.IntegerShape whole -> type == ValueType.INT;
            case Shape.DurationShape() -> type == ValueType.DURATION || type == ValueType.STRING;
            case Shape.PathShape() -> type == ValueType.PATH || type == ValueType.STRING;
            case Shape.SecretShape() -> type == ValueType.SECRET || type == ValueType.STRING;
            case Shape.EnumShape choice -> type == ValueType.STRING;
            case Shape.OptionalShape(var inner) -> fits(type, inner);
            case Shape.ListShape many -> type == ValueType.STRING_LIST;
            case Shape.MapShape named -> false;
            case Shape.RecordShape(var record, var fields) -> false;
        };
    }
}
