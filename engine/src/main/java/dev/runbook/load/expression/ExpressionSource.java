package dev.runbook.load.expression;

import dev.runbook.model.Position;
import dev.runbook.yaml.YamlValue.Scalar;

/**
 * The text of an expression and its position.
 *
 * @param offset of the expression in the scalar's text
 */
public record ExpressionSource(Scalar scalar, int offset, String text) {
    public static ExpressionSource whole(Scalar scalar) {
        return new ExpressionSource(scalar, 0, scalar.text());
    }

    /** Position of a part of the expression. */
    Position at(int from, int length) {
        return scalar.within(offset + from, Math.max(1, length));
    }

    /** Position of the expression without the white space around. */
    Position position() {
        var stripped = text.strip();
        return at(text.indexOf(stripped), stripped.length());
    }
}
