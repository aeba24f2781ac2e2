package dev.runbook.load.expression;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostConnection;
import dev.runbook.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that expressions may use on one host.
 *
 * @param inputs by name; those without a value are left out
 * @param outputs of earlier steps, by the step's id and the output's name: String, Long, Boolean or List of String
 */
public record Scope(Host host, Map<String, Object> inputs, Map<String, Map<String, Object>> outputs, String runId) {
    public Scope {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /** For expressions that use inputs only, before any host is known. */
    public static Scope ofInputs(Map<String, Object> inputs) {
        return new Scope(
                new Host("", List.of(), Map.of(), new HostConnection.Unusable(List.of())), inputs, Map.of(), "");
    }

    /** By qualified name, such as {@code steps.restored.folder}; empty when it has no value here. */
    Optional<Object> find(String name) {
        var parts = name.split("\\.", 3);
        return switch (parts[0]) {
            case "inputs" -> Optional.ofNullable(inputs.get(parts[1]));
            case "steps" ->
                Optional.ofNullable(outputs.getOrDefault(parts[1], Map.of()).get(parts[2]));
            case "host" -> Optional.of(parts[1].equals("name") ? host.name() : host.groups());
            case "run" -> Optional.of(runId);
            case "vars" -> Optional.of(HostValues.of(host));
            default -> throw new IllegalArgumentException("not a declared name: " + name);
        };
    }

    Optional<YamlValue> variable(String name) {
        return Optional.ofNullable(host.vars().get(name));
    }
}
