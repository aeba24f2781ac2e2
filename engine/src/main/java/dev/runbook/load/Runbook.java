package dev.runbook.load;

import java.util.List;

/**
 * A runbook whose parts fit together.
 *
 * @param file as the person gave it
 */
public record Runbook(String file, String name, String description, List<InputDeclaration> inputs, List<Step> steps) {
    public Runbook {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
    }
}
