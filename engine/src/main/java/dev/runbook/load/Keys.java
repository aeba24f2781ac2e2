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

/** Reads the keys of a mapping that have no record behind them. */
record Keys(Mapping mapping, String noun, Consumer<Problem> problems) {
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

    /** The value of a key, if it is there and not empty. */
    Optional<YamlValue> find(String key) {
        return mapping.find(key)
                .map(Entry::value)
                .filter(value -> !(value instanceof Scalar scalar && (scalar.isNull() || hasExpression(key, scalar))));
    }

    /** Left as they stand, expressions in a name would be shown as text, and in a host pattern be taken for hosts. */
    private boolean hasExpression(String key, Scalar scalar) {
        if (key.equals("when") || !TemplateReader.hasExpression(scalar)) {
            return false;
        }
        problems.accept(Problem.at(
                scalar.position(),
                "expression-not-allowed",
                key + " of " + noun + " cannot have expressions",
                "they are for when, and for the parameters of step types"));
        return true;
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
        // A name such as 2024 is a number to YAML and a text to everyone else.
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
