package dev.runbook.load;

import java.util.List;

/**
 * A valid runbook.
 *
 * @param file as given on the command line
 * @param allowances rules whose findings are allowed in all of it
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
