package dev.runbook.load;

import dev.runbook.load.expression.TemplateReader;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the keys of a mapping that is no step type's parameters.
 *
 * @param texts for the keys that take expressions, where there are any
 */
record MappingReader(Mapping mapping, String noun, Optional<InputTexts> texts, Consumer<Problem> problems) {
    /** A mapping whose keys take no expressions. */
    static MappingReader plain(Mapping mapping, String noun, Consumer<Problem> problems) {
        return new MappingReader(mapping, noun, Optional.empty(), problems);
    }

    void refuseUnknown(Collection<String> known) {
        for (var entry : mapping.entries()) {
            if (!known.contains(entry.name())) {
                problems.accept(Problem.at(
                        entry.key().position(),
                        "unknown-field",
                        noun + " has no field \"" + entry.name() + "\"",
                        DidYouMean.hint(entry.name(), known)));
            }
        }
    }

    /** The value of a key, if it is given, not empty, and known. */
    Optional<YamlValue> find(String key) {
        return mapping.find(key).map(Entry::value).flatMap(value -> usable(key, value));
    }

    /** Whether a key's value needs an input that has no value yet. */
    boolean isUnknown(String key) {
        return takesInputs(key)
                && mapping.find(key).map(Entry::value).orElse(mapping) instanceof Scalar scalar
                && TemplateReader.hasExpression(scalar)
                && texts.orElseThrow().resolve(key, scalar) instanceof InputTexts.Resolved.Unknown;
    }

    private Optional<YamlValue> usable(String key, YamlValue value) {
        if (!(value instanceof Scalar scalar)) {
            return Optional.of(value);
        }
        if (scalar.isNull()) {
            return Optional.empty();
        }
        if (key.equals("when") || !TemplateReader.hasExpression(scalar)) {
            return Optional.of(scalar);
        }
        if (takesInputs(key)) {
            return switch (texts.orElseThrow().resolve(key, scalar)) {
                case InputTexts.Resolved.Value(var text) -> Optional.of(text);
                case InputTexts.Resolved.Unknown() -> Optional.empty();
                case InputTexts.Resolved.Wrong() -> Optional.empty();
            };
        }
        // Without this, the expression would be shown as text.
        problems.accept(Problem.at(
                scalar.position(),
                "expression-not-allowed",
                key + " of " + noun + " cannot have expressions",
                "they are for when, name, hosts and timeout, and for the parameters of step types"));
        return Optional.empty();
    }

    private boolean takesInputs(String key) {
        return texts.isPresent() && InputTexts.KEYS.contains(key);
    }

    Optional<Scalar> text(String key) {
        return scalar(key, Kind.STRING, "a text");
    }

    Optional<Boolean> flag(String key) {
        return scalar(key, Kind.BOOL, "true or false").map(scalar -> Boolean.TRUE.equals(scalar.plain()));
    }

    private Optional<Scalar> scalar(String key, Kind kind, String expected) {
        var value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        // YAML reads a name such as 2024 as a number.
        if (value.get() instanceof Scalar scalar
                && (scalar.kind() == kind || (kind == Kind.STRING && scalar.kind() != Kind.BOOL))) {
            return Optional.of(scalar);
        }
        refuse(
                value.get(),
                key + ": expected " + expected + ", not " + value.get().described());
        return Optional.empty();
    }

    void refuse(YamlValue value, String summary) {
        problems.accept(Problem.at(value.position(), "wrong-type", summary, ""));
    }
}
