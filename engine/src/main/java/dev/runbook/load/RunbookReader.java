package dev.runbook.load;

import dev.runbook.load.bind.Binder;
import dev.runbook.load.expression.Declarations;
import dev.runbook.load.expression.Declarations.Declared;
import dev.runbook.load.expression.ExpressionCompiler;
import dev.runbook.load.expression.ExpressionType;
import dev.runbook.load.expression.TemplateReader;
import dev.runbook.load.inventory.HostPattern;
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

/** Reads a runbook from its tree. */
final class RunbookReader {
    static final List<String> KEYS = List.of("name", "description", "hosts", "inputs", "allow", "steps");

    private final StepCatalog catalog;
    private final Surroundings surroundings;
    private final InputSource inputSource;
    private final Consumer<Problem> problems;

    /** Values for inputs, from the command line. */
    @FunctionalInterface
    interface InputSource {
        /**
         * The values by name; problems with them are reported.
         *
         * @param names also of inputs whose declaration is a problem
         */
        Map<String, Object> of(List<InputDeclaration> inputs, List<String> names);
    }

    /**
     * A runbook as far as it could be read.
     *
     * @param inputs the inputs that have a value
     * @param hosts the runbook's own pattern
     * @param patterns including those of steps with problems
     */
    record Read(Runbook runbook, Map<String, Object> inputs, Optional<HostPattern> hosts, Set<HostPattern> patterns) {}

    RunbookReader(StepCatalog catalog, Surroundings surroundings, InputSource inputSource, Consumer<Problem> problems) {
        this.catalog = catalog;
        this.surroundings = surroundings;
        this.inputSource = inputSource;
        this.problems = problems;
    }

    /** Empty when the text is no runbook at all; else the parts that could be read, beside the reported problems. */
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
        var plain = MappingReader.plain(mapping, "a runbook", problems);
        plain.refuseUnknown(KEYS);
        var description = plain.text("description").map(Scalar::text).orElse("");
        var binder = new Binder(surroundings, problems);
        var inputs = plain.find("inputs")
                .map(value -> new InputsReader(binder, problems).read(value))
                .orElse(List.of());
        var inputNames = plain.find("inputs").orElse(root) instanceof Mapping declared
                        && plain.find("inputs").isPresent()
                ? declared.keys()
                : List.<String>of();
        var given = inputSource.of(inputs, inputNames);
        var allowances = new AllowanceReader(problems);
        var allowed = plain.find("allow").map(allowances::read).orElse(List.of());
        var steps = steps(plain, mapping);
        var templates = templates(declarations(inputs, inputNames, steps));
        var texts = new InputTexts(templates, inputs, given, problems);
        var keys = new MappingReader(mapping, "a runbook", Optional.of(texts), problems);
        var name = keys.text("name").map(Scalar::text).orElse(file);
        var patterns = new HostsReader(texts, problems);
        var hosts = patterns.read(keys);
        var reader = new StepReader(catalog, binder, templates, texts, patterns, hosts, problems);
        reader.runbookHostsAreBroken(mapping.find("hosts").isPresent() && hosts.isEmpty());
        List<Step> read = new ArrayList<>();
        for (var index = 0; index < steps.size(); index++) {
            reader.read(steps.get(index), index).ifPresent(read::add);
        }
        return Optional.of(
                new Read(new Runbook(file, name, description, inputs, allowed, read), given, hosts, reader.patterns()));
    }

    private TemplateReader templates(Declarations declarations) {
        return new TemplateReader(new ExpressionCompiler(declarations, problems), problems);
    }

    private List<YamlValue> steps(MappingReader keys, Mapping mapping) {
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

    /** All names, including those of later steps, because a reference to a later step is a problem of its own. */
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
}
