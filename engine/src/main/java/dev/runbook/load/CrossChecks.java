package dev.runbook.load;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostConnection;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** Checks that patterns name known hosts and groups, and that the selected hosts have a usable connection. */
    void hosts(Set<HostPattern> patterns, Inventory inventory, Optional<HostPattern> limit) {
        patterns.forEach(pattern -> pattern.select(inventory).problems().forEach(problems));
        limit.ifPresent(pattern -> pattern.select(inventory).problems().forEach(problems));
        Map<String, Host> used = new LinkedHashMap<>();
        patterns.forEach(pattern -> Targets.of(pattern, inventory, limit).forEach(host -> used.put(host.name(), host)));
        for (var host : used.values()) {
            switch (host.reach()) {
                case HostConnection.Usable(var connection, var warnings) -> warnings.forEach(problems);
                case HostConnection.Unusable(var reasons) -> reasons.forEach(problems);
            }
        }
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
