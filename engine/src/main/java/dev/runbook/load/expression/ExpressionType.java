package dev.runbook.load.expression;

import dev.runbook.step.ValueType;
import java.util.Locale;

/** The type of an expression, as far as it is known before evaluation. */
public sealed interface ExpressionType {
    /**
     * A type that an input or output can have.
     *
     * @param mayBeMissing an input that is not required and has no default
     */
    record Known(ValueType type, boolean mayBeMissing) implements ExpressionType {}

    /** Known only after evaluation, as with variables of hosts. */
    record Dynamic() implements ExpressionType {}

    /** A type of CEL that no parameter has, such as a map. */
    record Other(String name) implements ExpressionType {}

    /** Description for messages. */
    default String described() {
        return switch (this) {
            case Known(var type, var mayBeMissing) -> described(type);
            case Dynamic() -> "a value of any type";
            case Other(var name) -> "a value of type " + name;
        };
    }

    private static String described(ValueType type) {
        return switch (type) {
            case STRING -> "a text";
            case INT -> "a whole number";
            case BOOL -> "true or false";
            case STRING_LIST -> "a list of texts";
            case DURATION, PATH, SECRET -> "a " + type.name().toLowerCase(Locale.ROOT);
        };
    }
}
