package dev.runbook.load;

import java.util.List;

/**
 * A runbook whose parts fit together.
 *
 * @param file as the person gave it
 * @param allowances rules that are set aside for all of it
 */
public record Runbook(
        String file,
        String name,
        String description,
        List<InputDeclaration> inputs,
        List<Allowance> allowances,
        List<Step> steps) {
    public Runbook {
        inputs = List.copyOf(inputs);
        allowances = List.copyOf(allowances);
        steps = List.copyOf(steps);
    }
}
