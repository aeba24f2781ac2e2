package dev.runbook.lint;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import java.util.Optional;

/**
 * A rule that is broken in one place.
 *
 * @param severity the rule's, or less where it is a guess
 * @param step the one that it is about; empty when it is about the runbook as a whole
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
