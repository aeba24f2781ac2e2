package dev.runbook.load;

import dev.runbook.load.expression.ExpressionType;
import dev.runbook.model.Position;
import dev.runbook.step.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * An input that a runbook declares.
 *
 * @param fallback its value when none is given
 * @param choices the only values it may have, as text; empty means any
 */
public record InputDeclaration(
        String name,
        ValueType type,
        boolean required,
        Optional<Object> fallback,
        String description,
        List<String> choices,
        Position position) {
    public InputDeclaration {
        choices = List.copyOf(choices);
        if (required && fallback.isPresent()) {
            throw new IllegalArgumentException("an input with a default is not required");
        }
    }

    /** Example of the option that gives it. */
    public String example() {
        return "-e " + name + "=" + type.name().replace("STRING_LIST", "A,B");
    }

    ExpressionType expressionType() {
        return new ExpressionType.Known(type, !required && fallback.isEmpty());
    }
}
