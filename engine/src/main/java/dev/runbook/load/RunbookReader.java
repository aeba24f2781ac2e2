package dev.runbook.load;

import dev.runbook.load.bind.Binder;
import dev.runbook.load.expression.Declarations;
import dev.runbook.load.expression.Declarations.Declared;
import dev.runbook.load.expression.ExpressionCompiler;
import dev.runbook.load.expression.ExpressionType;
import dev.runbook.load.expression.TemplateReader;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.HostPatternParser;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.step.StepCatalog;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads a runbook from its tree. */
final class RunbookReader {
    private static final List<String> KEYS = List.of("name", "description", "hosts", "inputs", "steps");

    private final StepCatalog catalog;
    private final Surroundings surroundings;
    private final Consumer<Problem> problems;

    /**
     * What could be read.
     *
     * @param inputNames also of inputs whose declaration is a problem
     * @param patterns also of steps that are a problem
     */
    record Read(Runbook runbook, List<String> inputNames, Set<HostPattern> patterns) {}

    RunbookReader(StepCatalog catalog, Surroundings surroundings, Consumer<Problem> problems) {
        this.catalog = catalog;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** Empty when the text is no runbook at all; else what could be read, beside the problems. */
    Optional<Read> read(String file, YamlValue root) {
        if (!(root instanceof Mapping mapping)) {
            var isNothing = root instanceof Scalar scalar && scalar.isNull();
            problems.accept(Problem.at(
                    root.position(),
                    "runbook-shape",
                    isNothing ? "the runbook is empty" : "a runbook is a mapping, but this is " + root.described(),
                    "begin with name:, hosts: and steps:"));
            return Optional.empty();
        }
        var keys = new Keys(mapping, "a runbook", problems);
        keys.refuseUnknown(KEYS);
        var name = keys.text("name").map(Scalar::text).orElse(file);
        var description = keys.text("description").map(Scalar::text).orElse("");
        var hosts = keys.find("hosts").flatMap(this::hosts);
        var binder = new Binder(surroundings, problems);
        var inputs = keys.find("inputs")
                .map(value -> new InputsReader(binder, problems).read(value))
                .orElse(List.of());
        var inputNames = keys.find("inputs").orElse(root) instanceof Mapping declared
                        && keys.find("inputs").isPresent()
                ? declared.keys()
                : List.<String>of();
        var steps = steps(keys, mapping);
        var templates = templates(declarations(inputs, inputNames, steps));
        var reader = new StepReader(catalog, binder, templates, this::hosts, hosts, problems);
        reader.runbookHostsAreBroken(mapping.find("hosts").isPresent() && hosts.isEmpty());
        List<Step> read = new ArrayList<>();
        for (var index = 0; index < steps.size(); index++) {
            reader.read(steps.get(index), index).ifPresent(read::add);
        }
        return Optional.of(new Read(new Runbook(file, name, description, inputs, read), inputNames, reader.patterns()));
    }

    private TemplateReader templates(Declarations declarations) {
        return new TemplateReader(new ExpressionCompiler(declarations, problems), problems);
    }

    private List<YamlValue> steps(Keys keys, Mapping mapping) {
        var steps = keys.find("steps");
        if (steps.orElse(null) instanceof Sequence sequence && !sequence.items().isEmpty()) {
            return sequence.items();
        }
        problems.accept(
                steps.isPresent() && !(steps.get() instanceof Sequence)
                        ? Problem.at(
                                steps.get().position(),
                                "wrong-type",
                                "steps: expected a list, not " + steps.get().described(),
                                "begin each step with a dash")
                        : Problem.at(
                                mapping.find("steps")
                                        .map(entry -> entry.key().position())
                                        .orElse(mapping.position()),
                                "no-steps",
                                "the runbook has no steps",
                                "add them below steps:"));
        return List.of();
    }

    /** All names, also those of later steps: using one too early is a problem of its own. */
    private Declarations declarations(List<InputDeclaration> inputs, List<String> inputNames, List<YamlValue> steps) {
        Map<String, Declared> values = new LinkedHashMap<>();
        inputNames.forEach(name -> values.put("inputs." + name, new Declared(new ExpressionType.Dynamic(), 0)));
        inputs.forEach(input -> values.put("inputs." + input.name(), new Declared(input.expressionType(), 0)));
        Set<String> unknown = new HashSet<>();
        for (var index = 0; index < steps.size(); index++) {
            if (steps.get(index) instanceof Mapping step && step.find("id").isPresent()) {
                var id = String.valueOf(step.find("id").orElseThrow().value().plain());
                var type = step.keys().stream()
                        .flatMap(key -> catalog.find(key).stream())
                        .findFirst();
                if (type.isEmpty()) {
                    unknown.add(id);
                    continue;
                }
                for (var output : type.get().outputs()) {
                    values.put(
                            "steps." + id + "." + output.name(),
                            new Declared(new ExpressionType.Known(output.type(), false), index + 1));
                }
            }
        }
        return new Declarations(values, unknown);
    }

    /** A pattern, or a list of patterns, as in Ansible. */
    private Optional<HostPattern> hosts(YamlValue value) {
        var parser = new HostPatternParser(problems);
        return switch (value) {
            case Scalar scalar -> parser.parse(scalar);
            case Sequence sequence -> {
                List<HostPattern> patterns = sequence.items().stream()
                        .flatMap(item -> item instanceof Scalar scalar ? parser.parse(scalar).stream() : refused(item))
                        .toList();
                yield patterns.size() < sequence.items().size() || patterns.isEmpty()
                        ? Optional.empty()
                        : Optional.of(HostPattern.anyOf(patterns));
            }
            case Mapping mapping -> refused(mapping).findFirst();
        };
    }

    private Stream<HostPattern> refused(YamlValue value) {
        problems.accept(Problem.at(
                value.position(), "wrong-type", "hosts: expected a host pattern, not " + value.described(), ""));
        return Stream.empty();
    }
}
