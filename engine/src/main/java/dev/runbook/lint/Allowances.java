package dev.runbook.lint;

import dev.runbook.load.Allowance;
import dev.runbook.load.Loaded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Takes away the findings that an author set aside, and tells of what was set aside for nothing. */
final class Allowances {
    private final Loaded.Ok loaded;
    private final LintScope ground;
    private final Set<Allowance> used = new HashSet<>();

    Allowances(Loaded.Ok loaded, LintScope ground) {
        this.loaded = loaded;
        this.ground = ground;
    }

    /** What sets a finding aside: its step's own, or the runbook's. */
    Optional<Allowance> find(Finding finding) {
        List<Allowance> allowances = new ArrayList<>(
                finding.step().map(act -> act.step().allowances()).orElse(List.of()));
        allowances.addAll(loaded.runbook().allowances());
        var found = allowances.stream()
                .filter(allowance -> Rule.find(allowance.rule()).equals(Optional.of(finding.rule())))
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }

    /** To be asked when every finding was looked for. */
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
                    "nothing breaks " + rule.get().code() + " (" + rule.get().slug() + ") here",
                    "remove it, so that it hides nothing later"));
        }
    }

    /** Whether a finding would have been made: not of a part of the runbook, nor without the hosts that it is about. */
    private boolean wouldShow(Rule rule) {
        var isWhole = loaded.tags().isEmpty() && loaded.limit().isEmpty();
        return isWhole
                && switch (rule.knows()) {
                    case RUNBOOK -> true;
                    case INVENTORY -> ground.knowsHosts();
                    case NO_INVENTORY -> !ground.knowsHosts();
                };
    }

    private static Finding finding(Rule rule, Allowance allowance, String summary, String next) {
        return new Finding(rule, rule.severity(), Optional.empty(), allowance.position(), summary, next);
    }
}
