package dev.runbook.load.expression;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A scalar with expressions in it. */
public sealed interface Template {
    Scalar scalar();

    Set<String> references();

    Evaluated evaluate(Scope scope);

    /** A single expression, whose value keeps its type. */
    record Whole(Scalar scalar, Expression expression) implements Template {
        @Override
        public Set<String> references() {
            return expression.references();
        }

        @Override
        public Evaluated evaluate(Scope scope) {
            return expression.evaluate(scope);
        }
    }

    /** A text with expressions in it; its value is a text. */
    record Mixed(Scalar scalar, List<Part> parts) implements Template {
        public Mixed {
            parts = List.copyOf(parts);
        }

        @Override
        public Set<String> references() {
            return parts.stream()
                    .flatMap(part -> switch (part) {
                        case Part.Literal text -> Set.<String>of().stream();
                        case Part.Embedded(var expression) -> expression.references().stream();
                    })
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public Evaluated evaluate(Scope scope) {
            var text = new StringBuilder();
            for (var part : parts) {
                switch (part) {
                    case Part.Literal(var fixed) -> text.append(fixed);
                    case Part.Embedded(var expression) -> {
                        switch (expression.evaluate(scope)) {
                            case Evaluated.Failed failed -> {
                                return failed;
                            }
                            case Evaluated.Missing missing -> {
                                return new Evaluated.Failed(notText(expression, "nothing", scope));
                            }
                            case Evaluated.Value(var value) -> {
                                var shown = PlainText.of(value);
                                if (shown.isEmpty()) {
                                    return new Evaluated.Failed(notText(expression, "a list or mapping", scope));
                                }
                                text.append(shown.get());
                            }
                        }
                    }
                }
            }
            return new Evaluated.Value(text.toString());
        }

        private static Problem notText(Expression expression, String what, Scope scope) {
            return Problem.at(
                    expression.position(),
                    "wrong-type",
                    "on host " + scope.host().name() + " the expression gives " + what
                            + ", which cannot be part of a text",
                    "");
        }
    }

    /** A part of a mixed text. */
    sealed interface Part {
        record Literal(String text) implements Part {}

        record Embedded(Expression expression) implements Part {}
    }
}
