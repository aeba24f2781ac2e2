package dev.runbook.load.expression;

import com.google.protobuf.NullValue;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.step.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** An expression that CEL evaluates. */
final class CelExpression implements Expression {
    private static final Pattern MISSING_KEY =
            Pattern.compile(".*key '([^']+)' is not present in map.*", Pattern.DOTALL);

    /** Created when the first expression is evaluated, because loading only checks expressions. */
    private static final class Holder {
        static final CelRuntime CEL = CelRuntimeFactory.plannerRuntimeBuilder().build();
    }

    private final CelAbstractSyntaxTree tree;
    private final ExpressionSource source;
    private final ExpressionType type;
    private final Map<String, Position> references;

    CelExpression(
            CelAbstractSyntaxTree tree,
            ExpressionSource source,
            ExpressionType type,
            Map<String, Position> references) {
        this.tree = tree;
        this.source = source;
        this.type = type;
        this.references = Map.copyOf(references);
    }

    @Override
    public ExpressionType type() {
        return type;
    }

    @Override
    public Position position() {
        return source.position();
    }

    @Override
    public Set<String> references() {
        return references.keySet();
    }

    Position positionOf(String name) {
        return Objects.requireNonNull(references.get(name));
    }

    @Override
    public Evaluated evaluate(Scope scope) {
        Map<String, Object> values = new HashMap<>();
        for (var name : references.keySet()) {
            var value = scope.find(name);
            if (value.isEmpty() && !name.startsWith("inputs.")) {
                return new Evaluated.Failed(Expression.noValue(name, scope, positionOf(name)));
            }
            values.put(name, value.map(CelExpression::toCel).orElse(NullValue.NULL_VALUE));
        }
        try {
            return fromCel(Holder.CEL.createProgram(tree).eval(values));
        } catch (CelEvaluationException failed) {
            return new Evaluated.Failed(problem(failed, scope));
        }
    }

    /** Durations and paths are text in expressions. */
    private static Object toCel(Object value) {
        return switch (value) {
            case Duration duration -> Durations.format(duration);
            case Path path -> path.toString();
            default -> value;
        };
    }

    private static Evaluated fromCel(Object value) {
        return value instanceof NullValue || value instanceof dev.cel.common.values.NullValue
                ? new Evaluated.Missing()
                : new Evaluated.Value(value);
    }

    private Problem problem(CelEvaluationException failed, Scope scope) {
        var message = String.valueOf(failed.getMessage());
        var key = MISSING_KEY.matcher(message);
        if (failed.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND && key.matches()) {
            return UnknownName.ofVariable(
                    key.group(1), scope, positionOfKey(key.group(1)).orElseGet(this::position));
        }
        return Problem.at(
                position(),
                "expression-failed",
                "on host " + scope.host().name() + " the expression fails: "
                        + message.replaceFirst("^evaluation error(?: at [^:]*:\\d+)?: ", ""),
                "");
    }

    private Optional<Position> positionOfKey(String key) {
        var at = source.text().indexOf(key);
        return at < 0 ? Optional.empty() : Optional.of(source.at(at, key.length()));
    }
}
