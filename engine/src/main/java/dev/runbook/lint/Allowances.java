package dev.runbook.lint;

import dev.runbook.load.Allowance;
import dev.runbook.load.Loaded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Suppresses the findings that an author allows, and reports allowances that suppress no finding. */
final class Allowances {
    private final Loaded.Ok loaded;
    private final LintScope scope;
    private final Set<Allowance> used = new HashSet<>();

    Allowances(Loaded.Ok loaded, LintScope scope) {
        this.loaded = loaded;
        this.scope = scope;
    }

    /** The allowance that suppresses a finding: its step's own, or the runbook's. */
    Optional<Allowance> find(Finding finding) {
        List<Allowance> allowances = new ArrayList<>(
                finding.step().map(step -> step.written().allowances()).orElse(List.of()));
        allowances.addAll(loaded.runbook().allowances());
        var found = allowances.stream()
                .filter(allowance -> Rule.find(allowance.rule()).equals(Optional.of(finding.rule())))
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }

    /** Reports unknown and unused allowances; called after {@link #find} for every finding. */
    void check(Consumer<Finding> findings) {
        loaded.runbook().allowances().forEach(allowance -> check(allowance, findings));
        loaded.steps().forEach(step -> step.allowances().forEach(allowance -> check(allowance, findings)));
    }

    private void check(Allowance allowance, Consumer<Finding> findings) {
        var rule = Rule.find(allowance.rule());
        if (rule.isEmpty()) {
            findings.accept(finding(
                    Rule.UNKNOWN_RULE,
                    allowance,
                    "there is no rule \"" + allowance.rule() + "\"",
                    Rule.hint(allowance.rule())));
        } else if (!used.contains(allowance) && wouldShow(rule.get())) {
            findings.accept(finding(
                    Rule.UNUSED_ALLOW,
                    allowance,
                    "no step breaks " + rule.get().code() + " (" + rule.get().slug() + ") here",
                    "remove it, because it would hide a later finding"));
        }
    }

    /** Whether the rule was checked in full: on the whole runbook, with or without an inventory as the rule requires. */
    private boolean wouldShow(Rule rule) {
        var isWhole = loaded.tags().isEmpty() && loaded.limit().isEmpty();
        // Whether a step has hosts may differ between the inventories that a runbook is for.
        return isWhole
                && rule != Rule.RUNS_NOWHERE
                && switch (rule.knows()) {
                    case RUNBOOK -> true;
                    case INVENTORY -> scope.knowsHosts();
                    case NO_INVENTORY -> !scope.knowsHosts();
                };
    }

    private static Finding finding(Rule rule, Allowance allowance, String summary, String next) {
        return new Finding(rule, rule.severity(), Optional.empty(), allowance.position(), summary, next);
    }
}
