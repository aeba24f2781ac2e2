package dev.runbook.load;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads {@code allow}: rules whose findings are allowed, each with its reason. The linter checks that the rules exist. */
final class AllowanceReader {
    static final List<String> KEYS = List.of("rule", "reason");
    private static final String EXAMPLE = "write - {rule: RB204, reason: ...}";

    private final Consumer<Problem> problems;

    AllowanceReader(Consumer<Problem> problems) {
        this.problems = problems;
    }

    List<Allowance> read(YamlValue value) {
        return switch (value) {
            case Sequence sequence ->
                sequence.items().stream().flatMap(this::one).toList();
            case Mapping mapping -> refused(mapping);
            case Scalar scalar -> refused(scalar);
        };
    }

    private List<Allowance> refused(YamlValue value) {
        problems.accept(Problem.at(
                value.position(), "wrong-type", "allow: expected a list, not " + value.described(), EXAMPLE));
        return List.of();
    }

    private Stream<Allowance> one(YamlValue value) {
        if (!(value instanceof Mapping mapping)) {
            problems.accept(Problem.at(
                    value.position(),
                    "wrong-type",
                    "allow: expected a rule with its reason, not " + value.described(),
                    EXAMPLE));
            return Stream.of();
        }
        var keys = MappingReader.plain(mapping, "an allowance", problems);
        keys.refuseUnknown(KEYS);
        var rule = named(keys, "rule", "the code or the name of a rule");
        var reason = named(keys, "reason", "why the rule does not apply here");
        return rule.isEmpty() || reason.isEmpty()
                ? Stream.of()
                : Stream.of(new Allowance(
                        rule.get().text(), reason.get().text(), rule.get().position()));
    }

    private Optional<Scalar> named(MappingReader keys, String key, String what) {
        var given = keys.text(key).filter(scalar -> !scalar.text().isBlank());
        var isOtherwiseWrong = keys.find(key).isPresent()
                && !(keys.find(key).get() instanceof Scalar scalar
                        && scalar.text().isBlank());
        if (given.isEmpty() && !isOtherwiseWrong) {
            problems.accept(Problem.at(
                    keys.mapping().position(),
                    "missing-field",
                    "an allowance needs " + key,
                    "add " + key + ": with " + what));
        }
        return given;
    }
}
