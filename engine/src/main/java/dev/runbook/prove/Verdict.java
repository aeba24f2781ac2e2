package dev.runbook.prove;

import java.util.List;

/**
 * Result of one scenario.
 *
 * @param end the state in which it ended, in one line
 * @param violations of invariants; empty when all of them hold
 * @param trace what happened, line by line, at most {@value Trace#LINES} lines
 */
public record Verdict(Scenario scenario, String end, List<String> violations, List<String> trace) {
    public Verdict {
        violations = List.copyOf(violations);
        trace = List.copyOf(trace);
    }

    public boolean passed() {
        return violations.isEmpty();
    }

    /** What failed scenarios of one cause have in common: the first violation without its numbers and hashes. */
    String cause() {
        return violations.getFirst().replaceAll("[0-9a-f]{8,}|\\d+", "#");
    }
}
