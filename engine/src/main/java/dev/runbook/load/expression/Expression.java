package dev.runbook.load.expression;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.util.Optional;
import java.util.Set;

/** A checked expression. */
public sealed interface Expression permits Expression.Name, Expression.HostVariable, CelExpression {
    ExpressionType type();

    Position position();

    /** The qualified names it uses; {@code vars} for any variable of a host. */
    Set<String> references();

    Evaluated evaluate(Scope scope);

    /** A single name: most expressions are one, and need no CEL. */
    record Name(String name, ExpressionType type, Position position) implements Expression {
        @Override
        public Set<String> references() {
            return Set.of(name);
        }

        @Override
        public Evaluated evaluate(Scope scope) {
            Optional<Object> value = scope.find(name);
            if (value.isPresent()) {
                return new Evaluated.Value(value.get());
            }
            return type instanceof ExpressionType.Known(var known, var mayBeMissing) && mayBeMissing
                    ? new Evaluated.Missing()
                    : new Evaluated.Failed(noValue(name, scope, position));
        }
    }

    /** A single variable of a host. */
    record HostVariable(String variable, Position position) implements Expression {
        @Override
        public ExpressionType type() {
            return new ExpressionType.Dynamic();
        }

        @Override
        public Set<String> references() {
            return Set.of("vars");
        }

        @Override
        public Evaluated evaluate(Scope scope) {
            return scope.variable(variable)
                    .flatMap(HostValues::plain)
                    .<Evaluated>map(Evaluated.Value::new)
                    .orElseGet(() -> new Evaluated.Failed(UnknownName.ofVariable(variable, scope, position)));
        }
    }

    static Problem noValue(String name, Scope scope, Position position) {
        return Problem.at(
                position,
                "missing-value",
                name + " has no value on host " + scope.host().name(),
                name.startsWith("steps.")
                        ? "that step ran on no host: change its hosts or its when, or give this step the same when"
                        : "");
    }
}
