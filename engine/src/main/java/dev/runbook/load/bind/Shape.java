package dev.runbook.load.bind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values that a parameter may have, from its Java type. */
public sealed interface Shape {
    /** Description of the expected value, with an example where it helps. */
    default String expected() {
        return switch (this) {
            case StringShape() -> "a text";
            case BooleanShape() -> "true or false";
            case IntegerShape whole -> "a whole number, such as 3";
            case DurationShape() -> "a duration, such as 90s, 10m or 1h30m";
            case PathShape() -> "a path on this machine, such as ./snapshot.db";
            case SecretShape() -> "a secret";
            case EnumShape(var names) -> "one of " + String.join(", ", names.keySet());
            case OptionalShape(var value) -> value.expected();
            case ListShape many -> "a list";
            case MapShape named -> "a mapping of names";
            case RecordShape(var type, var fields) ->
                "a mapping with "
                        + String.join(", ", fields.stream().map(Field::name).toList());
        };
    }

    record StringShape() implements Shape {}

    record BooleanShape() implements Shape {}

    /**
     * A whole number.
     *
     * @param isInt for a Java int; a long otherwise
     */
    record IntegerShape(boolean isInt) implements Shape {}

    record DurationShape() implements Shape {}

    record PathShape() implements Shape {}

    record SecretShape() implements Shape {}

    /**
     * A constant of an enum.
     *
     * @param names constants by name in YAML
     */
    record EnumShape(Map<String, Object> names) implements Shape {
        static EnumShape of(Class<?> type) {
            Map<String, Object> names = new LinkedHashMap<>();
            for (var constant : type.getEnumConstants()) {
                names.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
            }
            return new EnumShape(names);
        }
    }

    record OptionalShape(Shape value) implements Shape {}

    record ListShape(Shape item) implements Shape {}

    record MapShape(Shape value) implements Shape {}

    record RecordShape(Class<? extends Record> type, List<Field> fields) implements Shape {
        /** The field that a value without a mapping sets: the only required one. */
        public Optional<Field> shorthand() {
            var required = fields.stream().filter(Field::isRequired).toList();
            return required.size() == 1 ? Optional.of(required.getFirst()) : Optional.empty();
        }
    }

    /**
     * A component of a record.
     *
     * @param name as written in YAML
     * @param fallback as it would be written in YAML
     * @param doc its meaning; may be empty
     */
    record Field(String name, Shape shape, Optional<String> fallback, String doc) {
        public boolean isRequired() {
            return fallback.isEmpty()
                    && switch (shape) {
                        case OptionalShape maybe -> false;
                        case ListShape many -> false;
                        case MapShape named -> false;
                        case StringShape(), BooleanShape(), DurationShape(), PathShape(), SecretShape() -> true;
                        case IntegerShape whole -> true;
                        case EnumShape choice -> true;
                        case RecordShape fields -> true;
                    };
        }
    }
}
