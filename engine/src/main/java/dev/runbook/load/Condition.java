package dev.runbook.load;

import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Evaluated;
import dev.runbook.load.expression.Expression;
import dev.runbook.load.expression.Scope;
import dev.runbook.model.Problem;
import java.util.List;
import java.util.Set;

/** Condition under which a step runs on a host. */
public sealed interface Condition {
    Bound<Boolean> holds(Scope scope);

    /** The qualified names that it uses. */
    Set<String> references();

    /** The text as written, for the plan. */
    String text();

    /** Written as {@code true} or {@code false}. */
    record Fixed(boolean value) implements Condition {
        @Override
        public Bound<Boolean> holds(Scope scope) {
            return new Bound.Ok<>(value);
        }

        @Override
        public Set<String> references() {
            return Set.of();
        }

        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** An expression that gives a boolean. */
    record Computed(Expression expression, String text) implements Condition {
        @Override
        public Bound<Boolean> holds(Scope scope) {
            return switch (expression.evaluate(scope)) {
                case Evaluated.Value(Boolean value) -> new Bound.Ok<>(value);
                case Evaluated.Value(var value) -> notBoolean(scope, "a value that is neither true nor false");
                case Evaluated.Missing() -> notBoolean(scope, "nothing");
                case Evaluated.Failed(var problem) -> new Bound.Failed<>(List.of(problem));
            };
        }

        @Override
        public Set<String> references() {
            return expression.references();
        }

        private Bound<Boolean> notBoolean(Scope scope, String what) {
            return new Bound.Failed<>(List.of(Problem.at(
                    expression.position(),
                    "wrong-type",
                    "on host " + scope.host().name() + " the condition gives " + what,
                    "compare it, as in x == \"yes\"")));
        }
    }
}
