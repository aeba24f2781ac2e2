package dev.runbook.load;

import dev.runbook.load.source.SudoPassword;
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
 * @param sudoPassword whether the call gives one beside the inventories
 */
public record Request(
        Path runbook,
        List<Path> inventories,
        List<GivenText> values,
        Optional<String> limit,
        Set<String> tags,
        Surroundings surroundings,
        SudoPassword sudoPassword) {
    /**
     * Values for inputs: {@code name=value}, {@code @file.yml}, or a mapping in YAML or JSON.
     *
     * @param origin name of the option for messages, such as {@code -e}
     */
    public record GivenText(String text, String origin) {}

    /** A request of a call that connects to no host. */
    public Request(
            Path runbook,
            List<Path> inventories,
            List<GivenText> values,
            Optional<String> limit,
            Set<String> tags,
            Surroundings surroundings) {
        this(runbook, inventories, values, limit, tags, surroundings, SudoPassword.LATER);
    }

    public Request {
        inventories = List.copyOf(inventories);
        values = List.copyOf(values);
        tags = Set.copyOf(tags);
    }

    public Request with(SudoPassword password) {
        return new Request(runbook, inventories, values, limit, tags, surroundings, password);
    }
}
