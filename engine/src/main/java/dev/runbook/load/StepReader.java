package dev.runbook.load;

import dev.runbook.load.Step.OnFailure;
import dev.runbook.load.bind.Binder;
import dev.runbook.load.bind.StepCall;
import dev.runbook.load.expression.Expression;
import dev.runbook.load.expression.ExpressionCompiler;
import dev.runbook.load.expression.ExpressionType;
import dev.runbook.load.expression.TemplateReader;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import dev.runbook.step.StepCatalog;
import dev.runbook.step.ValueType;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads steps: the common keys, and exactly one step type each. */
final class StepReader {
    static final List<String> COMMON =
            List.of("name", "id", "hosts", "when", "timeout", "run_once", "tags", "on_failure", "allow");
    private static final Set<String> RESERVED = Set.of("serial", "retries", "delay");

    private final StepCatalog catalog;
    private final Binder binder;
    private final TemplateReader templates;
    private final InputTexts texts;
    private final HostsReader hostPatterns;
    private final Optional<HostPattern> runbookHosts;
    private final Consumer<Problem> problems;
    private final Map<String, Scalar> ids = new HashMap<>();
    private final Set<HostPattern> patterns = new LinkedHashSet<>();
    private boolean runbookHostsAreBroken;

    StepReader(
            StepCatalog catalog,
            Binder binder,
            TemplateReader templates,
            InputTexts texts,
            HostsReader hostPatterns,
            Optional<HostPattern> runbookHosts,
            Consumer<Problem> problems) {
        this.catalog = catalog;
        this.binder = binder;
        this.templates = templates;
        this.texts = texts;
        this.hostPatterns = hostPatterns;
        this.runbookHosts = runbookHosts;
        this.problems = problems;
    }

    /** The patterns of all steps read so far. */
    Set<HostPattern> patterns() {
        return patterns;
    }

    /** States whether the runbook's own pattern is a problem already, so that steps without a pattern are none. */
    void runbookHostsAreBroken(boolean broken) {
        runbookHostsAreBroken = broken;
    }

    /** Empty when the step has problems; all of them are reported. */
    Optional<Step> read(YamlValue value, int index) {
        if (!(value instanceof Mapping mapping)) {
            problems.accept(Problem.at(
                    value.position(), "wrong-type", "a step is a mapping, but this is " + value.described(), ""));
            return Optional.empty();
        }
        var keys = new MappingReader(mapping, "a step", Optional.of(texts), problems);
        var call = call(mapping, index);
        var name = keys.text("name").map(Scalar::text);
        var id = keys.text("id").filter(this::isNewId).map(Scalar::text);
        var when = keys.find("when").flatMap(condition -> when(condition, index));
        var timeout = keys.find("timeout").flatMap(given -> binder.value(given, ValueType.DURATION));
        var runOnce = keys.flag("run_once").orElse(false);
        var tags = keys.find("tags").map(this::tags).orElse(Set.of());
        var onFailure = keys.text("on_failure").flatMap(this::onFailure);
        var allowances = keys.find("allow")
                .map(given -> new AllowanceReader(problems).read(given))
                .orElse(List.of());
        var hosts = hosts(keys, mapping);
        hosts.ifPresent(patterns::add);
        if (call.isEmpty() || hosts.isEmpty() || (keys.find("when").isPresent() && when.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Step(
                index,
                name.orElse(call.get().type().name()),
                id,
                hosts.get(),
                when,
                timeout.map(Duration.class::cast),
                runOnce,
                tags,
                onFailure.orElse(OnFailure.ROLLBACK),
                allowances,
                call.get(),
                mapping.position()));
    }

    private Optional<StepCall<?>> call(Mapping mapping, int index) {
        List<Entry> types = new ArrayList<>();
        var sawUnknown = false;
        for (var entry : mapping.entries()) {
            if (catalog.find(entry.name()).isPresent()) {
                types.add(entry);
            } else if (RESERVED.contains(entry.name())) {
                problems.accept(Problem.at(
                        entry.key().position(),
                        "not-supported",
                        entry.name() + " is not supported yet on this step",
                        "leave it out"));
            } else if (!COMMON.contains(entry.name())) {
                sawUnknown = true;
                unknown(entry);
            }
        }
        if (types.size() > 1) {
            problems.accept(Problem.at(
                    types.get(1).key().position(),
                    "two-step-types",
                    "the step has a second type, " + types.get(1).name() + ", beside "
                            + types.get(0).name(),
                    "make it a step of its own"));
        } else if (types.isEmpty() && !sawUnknown) {
            problems.accept(Problem.at(
                    mapping.position(),
                    "no-step-type",
                    "the step does nothing: it has no step type",
                    DidYouMean.hint("", catalog.names())));
        }
        return types.isEmpty()
                ? Optional.empty()
                : catalog.find(types.getFirst().name())
                        .flatMap(type -> binder.call(type, types.getFirst(), templates, index));
    }

    private void unknown(Entry entry) {
        List<String> known = new ArrayList<>(catalog.names());
        known.addAll(COMMON);
        var hint = DidYouMean.nearest(entry.name(), known)
                .map(name -> "did you mean " + name + "?")
                .orElse(DidYouMean.hint(entry.name(), catalog.names()));
        problems.accept(Problem.at(
                entry.key().position(), "unknown-step", "there is no step type \"" + entry.name() + "\"", hint));
    }

    private boolean isNewId(Scalar id) {
        if (!ExpressionNames.check(id, "a step", problems)) {
            return false;
        }
        var first = ids.putIfAbsent(id.text(), id);
        if (first != null) {
            problems.accept(Problem.at(
                    id.position(),
                    "duplicate-id",
                    "the id " + id.text() + " is taken by the step in line "
                            + first.position().line(),
                    "give each step its own"));
        }
        return first == null;
    }

    private Optional<HostPattern> hosts(MappingReader keys, Mapping mapping) {
        if (keys.find("hosts").isPresent() || keys.isUnknown("hosts")) {
            return hostPatterns.read(keys);
        }
        if (runbookHosts.isEmpty()
                && !runbookHostsAreBroken
                && mapping.find("hosts").isEmpty()) {
            problems.accept(Problem.at(
                    mapping.position(),
                    "no-hosts",
                    "neither the step nor the runbook has hosts",
                    "add hosts: to the runbook"));
        }
        return runbookHosts;
    }

    private Optional<Condition> when(YamlValue value, int index) {
        if (value instanceof Scalar scalar && scalar.kind() == Kind.BOOL) {
            return Optional.of(new Condition.Fixed(Boolean.TRUE.equals(scalar.plain())));
        }
        if (!(value instanceof Scalar scalar)) {
            problems.accept(Problem.at(
                    value.position(),
                    "wrong-type",
                    "when: expected an expression, not " + value.described(),
                    "join with &&"));
            return Optional.empty();
        }
        return templates
                .readBare(scalar, index)
                .filter(this::isBoolean)
                .map(expression ->
                        new Condition.Computed(expression, scalar.text().strip()));
    }

    private boolean isBoolean(Expression expression) {
        var fits = switch (expression.type()) {
            case ExpressionType.Dynamic() -> true;
            case ExpressionType.Other(var name) -> false;
            case ExpressionType.Known(var type, var mayBeMissing) -> type == ValueType.BOOL;
        };
        if (expression.type() instanceof ExpressionType.Known(var type, var mayBeMissing) && type == ValueType.SECRET) {
            problems.accept(ExpressionCompiler.secretUse(expression.position()));
        } else if (!fits) {
            problems.accept(Problem.at(
                    expression.position(),
                    "wrong-type",
                    "a condition is true or false, but this is "
                            + expression.type().described(),
                    "compare it, as in x == \"yes\""));
        }
        return fits;
    }

    private Set<String> tags(YamlValue value) {
        Set<String> tags = new LinkedHashSet<>();
        switch (value) {
            case Scalar scalar -> List.of(scalar.text().split("[,\\s]+")).forEach(tags::add);
            case Sequence sequence ->
                binder.value(sequence, ValueType.STRING_LIST)
                        .ifPresent(items -> ((List<?>) items).forEach(item -> tags.add(String.valueOf(item))));
            case Mapping mapping ->
                problems.accept(Problem.at(
                        mapping.position(), "wrong-type", "tags: expected a list, not a mapping", "write [a, b]"));
        }
        return tags;
    }

    private Optional<OnFailure> onFailure(Scalar scalar) {
        return switch (scalar.text()) {
            case "rollback" -> Optional.of(OnFailure.ROLLBACK);
            case "stop" -> Optional.of(OnFailure.STOP);
            default -> {
                problems.accept(Problem.at(
                        scalar.position(),
                        "wrong-value",
                        "on_failure: expected rollback or stop, not " + scalar.described(),
                        DidYouMean.hint(scalar.text(), List.of("rollback", "stop"))));
                yield Optional.empty();
            }
        };
    }
}
