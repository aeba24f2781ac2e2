package dev.runbook.load;

import dev.runbook.load.GivenValues.Given;
import dev.runbook.load.bind.Binder;
import dev.runbook.load.expression.PlainText;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import dev.runbook.step.ValueType;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.YamlDocument;
import dev.runbook.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Assigns the given values to the declared inputs. */
final class InputValues {
    /** The code of the one problem that the runbook's text does not cause: a value that the command line must give. */
    static final String MISSING = "missing-input";

    private final Surroundings surroundings;
    private final Consumer<Problem> problems;

    InputValues(Surroundings surroundings, Consumer<Problem> problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** @param declaredNames also those whose declaration is itself a problem */
    Map<String, Object> resolve(
            List<InputDeclaration> declarations, List<String> declaredNames, Map<String, Given> given) {
        for (var entry : given.entrySet()) {
            if (!declaredNames.contains(entry.getKey())) {
                unknown(entry.getKey(), entry.getValue(), declaredNames);
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (var declaration : declarations) {
            var text = given.get(declaration.name());
            var value = text == null ? declaration.fallback() : value(declaration, text);
            value.ifPresent(found -> values.put(declaration.name(), found));
            if (text == null && declaration.required()) {
                problems.accept(Problem.at(
                        declaration.position(),
                        MISSING,
                        "the input " + declaration.name() + " has no value",
                        "give it with " + declaration.example()));
            }
        }
        return values;
    }

    private void unknown(String name, Given given, List<String> declared) {
        var summary = "the runbook has no input \"" + name + "\"";
        var hint = declared.isEmpty() ? "it takes no inputs" : DidYouMean.hint(name, declared);
        problems.accept(
                switch (given) {
                    case Given.Raw raw -> Problem.ofCall("unknown-input", summary, hint);
                    case Given.Typed(var key, var value) -> Problem.at(key.position(), "unknown-input", summary, hint);
                });
    }

    private Optional<Object> value(InputDeclaration declaration, Given given) {
        var value = switch (given) {
            case Given.Raw(var text, var origin) ->
                new Binder(surroundings, problem -> problems.accept(inCall(problem, declaration, origin)))
                        .value(typed(text, origin, declaration.type()), declaration.type());
            case Given.Typed(var key, var typed) -> new Binder(surroundings, problems).value(typed, declaration.type());
        };
        value.flatMap(PlainText::of)
                .filter(text -> !declaration.choices().isEmpty()
                        && !declaration.choices().contains(text))
                .ifPresent(text -> problems.accept(Problem.ofCall(
                        "wrong-value",
                        "the input " + declaration.name() + " is one of " + String.join(", ", declaration.choices())
                                + ", not \"" + text + "\"",
                        DidYouMean.nearest(text, declaration.choices())
                                .map(choice -> "did you mean " + choice + "?")
                                .orElse(""))));
        return value;
    }

    /** Values on a command line are text, to be read as the input's type. */
    private static YamlValue typed(String text, String origin, ValueType type) {
        return switch (type) {
            case STRING, PATH, DURATION, SECRET -> YamlDocument.text(origin, text);
            case INT, BOOL -> YamlDocument.plain(origin, text, Dialect.INVENTORY);
            case STRING_LIST -> list(text, origin);
        };
    }

    /** {@code A,B}, or as a runbook has it: {@code ["A", "B"]}. */
    private static YamlValue list(String text, String origin) {
        if (text.strip().startsWith("[")) {
            var document = YamlDocument.parse(origin, text, Dialect.RUNBOOK);
            // A text that is no list stays one text, and is refused as such.
            return document.root().filter(_ -> document.problems().isEmpty()).orElse(YamlDocument.text(origin, text));
        }
        return new YamlValue.Sequence(
                YamlDocument.text(origin, text).position(),
                Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .map(item -> (YamlValue) YamlDocument.text(origin, item))
                        .toList());
    }

    private static Problem inCall(Problem problem, InputDeclaration declaration, String origin) {
        return Problem.ofCall(
                problem.code(), origin + " " + declaration.name() + ": " + problem.summary(), problem.next());
    }
}
