package dev.runbook.load;

import dev.runbook.load.expression.Evaluated;
import dev.runbook.load.expression.PlainText;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.expression.Template;
import dev.runbook.load.expression.TemplateReader;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Resolves expressions in {@code name}, {@code hosts} and {@code timeout}, which may use inputs only, because they are read
 * before any host is known.
 */
final class InputTexts {
    static final Set<String> KEYS = Set.of("name", "hosts", "timeout");

    private final TemplateReader templates;
    private final List<InputDeclaration> declared;
    private final Map<String, Object> values;
    private final Consumer<Problem> problems;

    InputTexts(
            TemplateReader templates,
            List<InputDeclaration> declared,
            Map<String, Object> values,
            Consumer<Problem> problems) {
        this.templates = templates;
        this.declared = declared;
        this.values = values;
        this.problems = problems;
    }

    /** Result of resolving a scalar with an expression. */
    sealed interface Resolved {
        record Value(Scalar scalar) implements Resolved {}

        /** It waits for an input that has no value yet. */
        record Unknown() implements Resolved {}

        /** A problem was reported. */
        record Wrong() implements Resolved {}
    }

    Resolved resolve(String key, Scalar scalar) {
        // Compiled as if after the last step, so that an output is refused as an output.
        return templates
                .read(scalar, Integer.MAX_VALUE)
                .<Resolved>map(template -> resolve(key, scalar, template))
                .orElse(new Resolved.Wrong());
    }

    private Resolved resolve(String key, Scalar scalar, Template template) {
        var others = template.references().stream()
                .filter(name -> !name.startsWith("inputs."))
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            return wrong(Problem.at(
                    scalar.position(),
                    "expression-not-allowed",
                    key + " is read before any host is known, and uses " + String.join(", ", others),
                    "only inputs can be used here"));
        }
        if (declared.stream().anyMatch(input -> isAwaited(input, template))) {
            return new Resolved.Unknown();
        }
        return switch (template.evaluate(Scope.ofInputs(values))) {
            case Evaluated.Failed(var problem) -> wrong(problem);
            case Evaluated.Missing() ->
                wrong(Problem.at(
                        scalar.position(),
                        "missing-value",
                        key + " needs a value, but the expression gives none",
                        "give the input a default, or make it required"));
            case Evaluated.Value(var value) ->
                PlainText.of(value)
                        .<Resolved>map(text -> new Resolved.Value(scalar.withText(text)))
                        .orElseGet(() -> wrong(Problem.at(
                                scalar.position(),
                                "wrong-type",
                                key + " is a text, but the expression gives none",
                                "use an input of another type")));
        };
    }

    private boolean isAwaited(InputDeclaration input, Template template) {
        return input.required()
                && !values.containsKey(input.name())
                && template.references().contains("inputs." + input.name());
    }

    private Resolved wrong(Problem problem) {
        problems.accept(problem);
        return new Resolved.Wrong();
    }
}
