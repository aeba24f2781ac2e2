package dev.runbook.lint;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import java.util.Optional;

/**
 * One place in a runbook that breaks a rule.
 *
 * @param severity the rule's, or a lower one where the finding is uncertain
 * @param step the step at fault; empty when the finding concerns the runbook as a whole
 */
record Finding(
        Rule rule, Severity severity, Optional<StepEffect> step, Position position, String summary, String next) {
    static Finding of(Rule rule, StepEffect step, Position position, String summary, String next) {
        return new Finding(rule, rule.severity(), Optional.of(step), position, summary, next);
    }

    Problem problem() {
        return new Problem(severity, rule.code(), new Problem.Where.InText(position), summary, next);
    }
}
