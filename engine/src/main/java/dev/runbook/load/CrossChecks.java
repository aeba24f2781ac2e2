package dev.runbook.load;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Checks across runbook, inventory and command line. */
final class CrossChecks {
    private final Consumer<Problem> problems;

    CrossChecks(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Checks that patterns name known hosts and groups, that hosts are left to run on, and that these have a usable
     * connection. Steps that must run somewhere are for the rules to judge.
     */
    void hosts(RunbookReader.Read read, Inventory inventory, Optional<HostPattern> limit, Set<String> tags) {
        Set<HostPattern> all = new LinkedHashSet<>(read.patterns());
        // The runbook's own may be used by no step, and is then not among the patterns.
        read.hosts().ifPresent(all::add);
        limit.ifPresent(all::add);
        var known = true;
        for (var pattern : all) {
            known &= names(pattern, inventory);
        }
        connections(read.patterns(), inventory, limit);
        var nothing = known ? nothingToDo(read, inventory, limit, tags) : Optional.<Problem>empty();
        nothing.ifPresentOrElse(
                problems,
                () -> read.patterns().stream()
                        .filter(pattern -> !isJudgedElsewhere(pattern, read))
                        .flatMap(pattern -> pattern.select(inventory).problems().stream())
                        .filter(problem -> !problem.isError())
                        .forEach(problems));
    }

    private static Optional<Problem> nothingToDo(
            RunbookReader.Read read, Inventory inventory, Optional<HostPattern> limit, Set<String> tags) {
        if (limit.isPresent() && limit.get().select(inventory).hosts().isEmpty()) {
            return Optional.of(NoHosts.ofCall("--limit", limit.get(), inventory));
        }
        if (read.hosts().isPresent() && isEmpty(read.hosts().get(), inventory, limit)) {
            return Optional.of(NoHosts.ofRunbook(read.hosts().get(), inventory, limit));
        }
        var steps = read.runbook().steps().stream()
                .filter(step -> step.isSelectedBy(tags))
                .toList();
        return !steps.isEmpty() && steps.stream().allMatch(step -> isEmpty(step.hosts(), inventory, limit))
                ? Optional.of(NoHosts.ofSteps(steps.getFirst().hosts(), inventory, limit))
                : Optional.empty();
    }

    private static boolean isEmpty(HostPattern pattern, Inventory inventory, Optional<HostPattern> limit) {
        return Targets.of(pattern, inventory, limit).isEmpty();
    }

    /** Whether a pattern without hosts is more than a warning, because a step that must run has it. */
    private static boolean isJudgedElsewhere(HostPattern pattern, RunbookReader.Read read) {
        return read.runbook().steps().stream()
                .anyMatch(step ->
                        step.hosts().equals(pattern) && step.call().type().mustRun());
    }

    /** Reports unknown names; false when there are any. */
    private boolean names(HostPattern pattern, Inventory inventory) {
        var unknown = pattern.select(inventory).problems().stream()
                .filter(Problem::isError)
                .toList();
        unknown.forEach(problems);
        return unknown.isEmpty();
    }

    /** Checks the pattern of a command without a runbook. */
    void hosts(HostPattern pattern, Inventory inventory) {
        if (names(pattern, inventory)) {
            if (pattern.select(inventory).hosts().isEmpty()) {
                problems.accept(NoHosts.ofCall("the pattern", pattern, inventory));
            }
            connections(Set.of(pattern), inventory, Optional.empty());
        }
    }

    private void connections(Set<HostPattern> patterns, Inventory inventory, Optional<HostPattern> limit) {
        Map<String, Host> used = new LinkedHashMap<>();
        patterns.forEach(pattern -> Targets.of(pattern, inventory, limit).forEach(host -> used.put(host.name(), host)));
        Loader.connectionProblems(List.copyOf(used.values())).forEach(problems);
    }

    /** Checks that every tag selects a step, and that no selected step needs the output of one that is not selected. */
    void tags(Runbook runbook, Set<String> tags) {
        Set<String> known = new TreeSet<>();
        runbook.steps().forEach(step -> known.addAll(step.tags()));
        for (var tag : tags) {
            if (!known.contains(tag)) {
                problems.accept(Problem.ofCall(
                        "unknown-tag",
                        "no step has the tag \"" + tag + "\"",
                        known.isEmpty() ? "the runbook has no tags" : DidYouMean.hint(tag, known)));
            }
        }
        Set<String> leftOut = new HashSet<>();
        runbook.steps().stream()
                .filter(step -> !step.isSelectedBy(tags))
                .forEach(step -> step.id().ifPresent(leftOut::add));
        runbook.steps().stream()
                .filter(step -> step.isSelectedBy(tags))
                .forEach(step -> leftOut.stream()
                        .filter(id -> uses(step, id))
                        .forEach(id -> problems.accept(Problem.at(
                                step.position(),
                                "step-left-out",
                                "this step needs the step " + id + ", which the tags leave out",
                                "give both a common tag, or select it too"))));
    }

    private static boolean uses(Step step, String id) {
        List<Set<String>> references = List.of(
                step.call().references(), step.when().map(Condition::references).orElse(Set.of()));
        return references.stream().flatMap(Set::stream).anyMatch(name -> name.startsWith("steps." + id + "."));
    }
}
