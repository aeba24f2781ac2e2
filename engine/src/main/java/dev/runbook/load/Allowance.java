package dev.runbook.load;

import dev.runbook.model.Position;

/**
 * A rule of {@code runbook validate} that an author sets aside, for one step or for a whole runbook.
 *
 * @param rule its code or its name, as written
 * @param reason why it does not matter here; never blank
 * @param position of the rule
 */
public record Allowance(String rule, String reason, Position position) {
    public Allowance {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a rule is set aside for a reason");
        }
    }
}
