package dev.runbook.load;

import dev.runbook.load.bind.Binder;
import dev.runbook.load.expression.PlainText;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import dev.runbook.step.ValueType;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the declarations below {@code inputs}. */
final class InputsReader {
    static final Map<String, ValueType> TYPES = Map.of(
            "string", ValueType.STRING,
            "int", ValueType.INT,
            "bool", ValueType.BOOL,
            "duration", ValueType.DURATION,
            "path", ValueType.PATH,
            "list", ValueType.STRING_LIST,
            "secret", ValueType.SECRET);
    static final List<String> KEYS = List.of("type", "required", "default", "description", "choices");

    private final Binder binder;
    private final Consumer<Problem> problems;

    InputsReader(Binder binder, Consumer<Problem> problems) {
        this.binder = binder;
        this.problems = problems;
    }

    List<InputDeclaration> read(YamlValue inputs) {
        List<InputDeclaration> declarations = new ArrayList<>();
        switch (inputs) {
            case Mapping mapping ->
                mapping.entries().forEach(entry -> read(entry).ifPresent(declarations::add));
            case Scalar scalar when scalar.isNull() -> {}
            case Scalar scalar -> refuse(scalar);
            case Sequence sequence -> refuse(sequence);
        }
        return declarations;
    }

    private void refuse(YamlValue inputs) {
        problems.accept(Problem.at(
                inputs.position(),
                "wrong-type",
                "inputs: expected a mapping of names, not " + inputs.described(),
                "write snapshot: {type: path}"));
    }

    private Optional<InputDeclaration> read(Entry entry) {
        if (!ExpressionNames.check(entry.key(), "an input", problems)) {
            return Optional.empty();
        }
        return switch (entry.value()) {
            case Mapping mapping -> full(entry, mapping);
            case Scalar scalar ->
                type(scalar)
                        .map(type -> new InputDeclaration(
                                entry.name(),
                                type,
                                true,
                                Optional.empty(),
                                "",
                                List.of(),
                                entry.key().position()));
            case Sequence sequence -> {
                problems.accept(Problem.at(
                        sequence.position(),
                        "wrong-type",
                        "expected the input's type, not a list",
                        "write type: list"));
                yield Optional.empty();
            }
        };
    }

    private Optional<InputDeclaration> full(Entry entry, Mapping mapping) {
        var keys = MappingReader.plain(mapping, "an input", problems);
        keys.refuseUnknown(KEYS);
        var type = keys.text("type").map(this::type).orElse(Optional.of(ValueType.STRING));
        var isRequired = keys.flag("required");
        var given = keys.find("default");
        var fallback = type.isEmpty() ? Optional.empty() : given.flatMap(value -> binder.value(value, type.get()));
        var description = keys.text("description").map(Scalar::text).orElse("");
        var choices = choices(keys);
        if (isRequired.orElse(false) && given.isPresent()) {
            problems.accept(Problem.at(
                    entry.key().position(),
                    "input-declaration",
                    "the input " + entry.name() + " is required and has a default",
                    "remove one of the two"));
            return Optional.empty();
        }
        if (type.isEmpty() || (given.isPresent() && fallback.isEmpty())) {
            return Optional.empty();
        }
        fallback.flatMap(PlainText::of)
                .filter(text -> !choices.isEmpty() && !choices.contains(text))
                .ifPresent(text -> problems.accept(Problem.at(
                        given.orElseThrow().position(),
                        "wrong-value",
                        "the default \"" + text + "\" is not among the choices",
                        "")));
        var required = isRequired.orElse(given.isEmpty());
        return Optional.of(new InputDeclaration(
                entry.name(),
                type.get(),
                required,
                fallback,
                description,
                choices,
                entry.key().position()));
    }

    private Optional<ValueType> type(Scalar scalar) {
        var type = TYPES.get(scalar.text());
        if (type == null) {
            problems.accept(Problem.at(
                    scalar.position(),
                    "unknown-type",
                    "there is no input type \"" + scalar.text() + "\"",
                    DidYouMean.hint(scalar.text(), TYPES.keySet())));
        }
        return Optional.ofNullable(type);
    }

    private List<String> choices(MappingReader keys) {
        return keys.find("choices")
                .flatMap(value -> binder.value(value, ValueType.STRING_LIST))
                .map(values -> ((List<?>) values).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }
}
