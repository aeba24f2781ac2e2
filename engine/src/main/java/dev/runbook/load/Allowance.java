package dev.runbook.load;

import dev.runbook.model.Position;

/**
 * A rule of {@code runbook validate} whose findings an author allows, for one step or for a whole runbook.
 *
 * @param rule its code or its name, as written
 * @param reason why it does not apply here; never blank
 * @param position of the rule
 */
public record Allowance(String rule, String reason, Position position) {
    public Allowance {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an allowance needs a reason");
        }
    }
}
