package dev.runbook.lint;

import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import dev.runbook.step.Effects.Nature;
import java.util.List;
import java.util.function.Consumer;

/** Rules on the position of checks among the steps that change hosts. */
final class CheckRules {
    private final List<StepEffect> steps;
    private final Consumer<Finding> findings;

    CheckRules(LintScope scope, Consumer<Finding> findings) {
        this.steps = scope.steps();
        this.findings = findings;
    }

    void check() {
        irreversible();
        end();
    }

    private void irreversible() {
        var beforeCommit = steps.stream()
                .takeWhile(step -> !step.effects().sets().contains(Effect.COMMITTED))
                .toList();
        for (var step : beforeCommit) {
            if (step.effects().nature() != Nature.IRREVERSIBLE) {
                continue;
            }
            beforeCommit.stream()
                    .filter(later -> later.written().index() > step.written().index())
                    .filter(later -> later.effects().nature() == Nature.CHECKS)
                    .reduce((first, second) -> second)
                    .ifPresent(check -> findings.accept(Finding.of(
                            Rule.IRREVERSIBLE_BEFORE_CHECK,
                            step,
                            step.position(),
                            "this cannot be undone, and " + check.reference() + " can still fail",
                            "move it after that one, or after the commit")));
        }
    }

    /** Applies only to runbooks that stop, start or switch parts of the control plane. */
    private void end() {
        if (steps.stream().noneMatch(step -> step.changes(Whose.MEMBERS) || step.changes(Whose.API_SERVERS))) {
            return;
        }
        steps.stream()
                .filter(step -> step.effects().nature() == Nature.CHANGES
                        || step.effects().nature() == Nature.IRREVERSIBLE)
                .reduce((first, second) -> second)
                .filter(last -> steps.stream()
                        .noneMatch(
                                step -> step.written().index() > last.written().index()
                                        && step.effects().nature() == Nature.CHECKS))
                .ifPresent(last -> findings.accept(Finding.of(
                        Rule.UNPROVEN_END,
                        last,
                        last.position(),
                        "no step checks the result of " + last.type() + ", the last step that changes hosts",
                        "end with a check of the API or of the service that was started last")));
    }
}
