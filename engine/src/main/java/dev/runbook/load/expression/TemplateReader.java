package dev.runbook.load.expression;

import dev.runbook.load.expression.Template.Part;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.step.ValueType;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the expressions in scalars. */
public final class TemplateReader {
    private static final String OPEN = "${{";
    private static final String CLOSE = "}}";

    private final ExpressionCompiler compiler;
    private final Consumer<Problem> problems;

    public TemplateReader(ExpressionCompiler compiler, Consumer<Problem> problems) {
        this.compiler = compiler;
        this.problems = problems;
    }

    public static boolean hasExpression(Scalar scalar) {
        return scalar.text().contains(OPEN);
    }

    /** Reads a scalar that has an expression; empty when a problem was reported. */
    public Optional<Template> read(Scalar scalar, int step) {
        var text = scalar.text();
        List<Part> parts = new ArrayList<>();
        var failed = false;
        var at = 0;
        while (at < text.length()) {
            var open = text.indexOf(OPEN, at);
            if (open < 0) {
                parts.add(new Part.Literal(text.substring(at)));
                break;
            }
            if (open > at) {
                parts.add(new Part.Literal(text.substring(at, open)));
            }
            var close = close(text, open + OPEN.length());
            if (close < 0) {
                problems.accept(Problem.at(
                        scalar.within(open, OPEN.length()),
                        "expression-syntax",
                        "the expression that opens here is not closed",
                        "close it with }}"));
                return Optional.empty();
            }
            var source =
                    new ExpressionSource(scalar, open + OPEN.length(), text.substring(open + OPEN.length(), close));
            var expression = compiler.compile(source, step);
            failed |= expression.isEmpty();
            expression.ifPresent(found -> parts.add(new Part.Embedded(found)));
            at = close + CLOSE.length();
        }
        return failed ? Optional.empty() : template(scalar, parts);
    }

    /** An expression with or without its braces. */
    public Optional<Expression> readBare(Scalar scalar, int step) {
        if (!hasExpression(scalar)) {
            return compiler.compile(ExpressionSource.whole(scalar), step);
        }
        return read(scalar, step).flatMap(template -> switch (template) {
            case Template.Whole(var whole, var expression) -> Optional.of(expression);
            case Template.Mixed mixed -> {
                problems.accept(Problem.at(
                        scalar.position(),
                        "expression-syntax",
                        "the condition has text outside the expression",
                        "put all of it inside the braces"));
                yield Optional.empty();
            }
        });
    }

    private Optional<Template> template(Scalar scalar, List<Part> parts) {
        var visible = parts.stream()
                .filter(part -> !(part instanceof Part.Literal(var text) && text.isBlank()))
                .toList();
        if (visible.size() == 1 && visible.getFirst() instanceof Part.Embedded(var expression)) {
            return Optional.of(new Template.Whole(scalar, expression));
        }
        for (var part : parts) {
            if (part instanceof Part.Embedded(var expression) && isSecret(expression.type())) {
                refuseSecret(expression.position());
                return Optional.empty();
            }
        }
        return Optional.of(new Template.Mixed(scalar, parts));
    }

    private void refuseSecret(Position position) {
        problems.accept(ExpressionCompiler.secretUse(position));
    }

    private static boolean isSecret(ExpressionType type) {
        return type instanceof ExpressionType.Known(var known, var mayBeMissing) && known == ValueType.SECRET;
    }

    /** Offset of the closing braces, outside strings and CEL's own braces. */
    private static int close(String text, int from) {
        var quote = '\0';
        var depth = 0;
        for (var i = from; i < text.length(); i++) {
            var character = text.charAt(i);
            if (quote != '\0') {
                if (character == '\\') {
                    i++;
                } else if (character == quote) {
                    quote = '\0';
                }
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if (character == '{') {
                depth++;
            } else if (character == '}' && depth > 0) {
                depth--;
            } else if (character == '}' && text.startsWith(CLOSE, i)) {
                return i;
            }
        }
        return -1;
    }
}
