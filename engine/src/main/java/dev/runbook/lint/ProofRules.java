package dev.runbook.lint;

import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import dev.runbook.step.Effects.Nature;
import java.util.List;
import java.util.function.Consumer;

/** Where checks stand, among what is done. */
final class ProofRules {
    private final List<StepEffect> acts;
    private final Consumer<Finding> findings;

    ProofRules(LintScope ground, Consumer<Finding> findings) {
        this.acts = ground.acts();
        this.findings = findings;
    }

    void check() {
        irreversible();
        end();
    }

    private void irreversible() {
        var beforeCommit = acts.stream()
                .takeWhile(act -> !act.effects().sets().contains(Effect.COMMITTED))
                .toList();
        for (var act : beforeCommit) {
            if (act.effects().nature() != Nature.IRREVERSIBLE) {
                continue;
            }
            beforeCommit.stream()
                    .filter(later -> later.step().index() > act.step().index())
                    .filter(later -> later.effects().nature() == Nature.CHECKS)
                    .reduce((first, second) -> second)
                    .ifPresent(check -> findings.accept(Finding.of(
                            Rule.IRREVERSIBLE_BEFORE_CHECK,
                            act,
                            act.position(),
                            "this cannot be taken back, and " + check.pointed() + " can still fail",
                            "move it behind that one, or behind the commit")));
        }
    }

    /** Only where parts of the control plane are stopped, started or exchanged: a small runbook may just do its act. */
    private void end() {
        if (acts.stream().noneMatch(act -> act.actsOn(Whose.MEMBERS) || act.actsOn(Whose.API_SERVERS))) {
            return;
        }
        acts.stream()
                .filter(act -> act.effects().nature() == Nature.CHANGES
                        || act.effects().nature() == Nature.IRREVERSIBLE)
                .reduce((first, second) -> second)
                .filter(last -> acts.stream()
                        .noneMatch(act -> act.step().index() > last.step().index()
                                && act.effects().nature() == Nature.CHECKS))
                .ifPresent(last -> findings.accept(Finding.of(
                        Rule.UNPROVEN_END,
                        last,
                        last.position(),
                        "nothing checks what " + last.type() + " did, and it is the last to do something",
                        "end with a check, of the API or of what was started last")));
    }
}
