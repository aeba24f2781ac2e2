package dev.runbook.load;

import dev.runbook.load.expression.TemplateReader;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.HostPatternParser;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@code hosts}: a pattern, or a list of patterns, as in Ansible, in which inputs may be used. */
final class HostsReader {
    private final InputTexts texts;
    private final HostPatternParser parser;
    private final Consumer<Problem> problems;

    HostsReader(InputTexts texts, Consumer<Problem> problems) {
        this.texts = texts;
        this.parser = new HostPatternParser(problems);
        this.problems = problems;
    }

    /** Empty when the key is missing, or when a problem was reported. */
    Optional<HostPattern> read(MappingReader keys) {
        if (keys.isUnknown("hosts")) {
            return Optional.of(HostPattern.all());
        }
        return keys.find("hosts").flatMap(this::read);
    }

    private Optional<HostPattern> read(YamlValue value) {
        return switch (value) {
            case Scalar scalar -> isPattern(scalar) ? parser.parse(scalar) : refused(scalar);
            case Sequence sequence
            when sequence.items().isEmpty() -> {
                problems.accept(Problem.at(
                        sequence.position(),
                        "host-pattern",
                        "hosts: the list is empty",
                        "name a group, a host, or all"));
                yield Optional.empty();
            }
            case Sequence sequence -> {
                List<HostPattern> patterns = new ArrayList<>();
                sequence.items().forEach(item -> item(item).ifPresent(patterns::add));
                yield patterns.size() < sequence.items().size()
                        ? Optional.empty()
                        : Optional.of(HostPattern.anyOf(patterns));
            }
            case Mapping mapping -> refused(mapping);
        };
    }

    private Optional<HostPattern> item(YamlValue item) {
        if (!(item instanceof Scalar scalar) || !isPattern(scalar)) {
            return refused(item);
        }
        if (!TemplateReader.hasExpression(scalar)) {
            return parser.parse(scalar);
        }
        return switch (texts.resolve("hosts", scalar)) {
            case InputTexts.Resolved.Value(var text) -> parser.parse(text);
            case InputTexts.Resolved.Unknown() -> Optional.of(HostPattern.all());
            case InputTexts.Resolved.Wrong() -> Optional.empty();
        };
    }

    /** A number may be a host's name; a boolean or null is a mistake. */
    private static boolean isPattern(Scalar scalar) {
        return !scalar.isNull() && scalar.kind() != Kind.BOOL;
    }

    private Optional<HostPattern> refused(YamlValue value) {
        problems.accept(Problem.at(
                value.position(), "wrong-type", "hosts: expected a host pattern, not " + value.described(), ""));
        return Optional.empty();
    }
}
