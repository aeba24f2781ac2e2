package dev.runbook.load;

import dev.runbook.load.source.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to load. Paths are as given on the command line.
 *
 * @param inventories merged in this order; with none, host patterns are not checked against hosts
 * @param values as given with {@code -e}; later ones override earlier ones
 * @param limit a host pattern that narrows every step's
 * @param tags only steps with one of these; empty means all steps
 */
public record Request(
        Path runbook,
        List<Path> inventories,
        List<GivenText> values,
        Optional<String> limit,
        Set<String> tags,
        Surroundings surroundings) {
    /**
     * Values for inputs: {@code name=value}, {@code @file.yml}, or a mapping in YAML or JSON.
     *
     * @param origin name of the option for messages, such as {@code -e}
     */
    public record GivenText(String text, String origin) {}

    public Request {
        inventories = List.copyOf(inventories);
        values = List.copyOf(values);
        tags = Set.copyOf(tags);
    }
}
