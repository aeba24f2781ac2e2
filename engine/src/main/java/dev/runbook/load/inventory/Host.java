package dev.runbook.load.inventory;

import dev.runbook.model.Connection;
import dev.runbook.yaml.YamlValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One host of an inventory.
 *
 * @param groups the groups it is in, directly or through their children, without {@code all}
 * @param vars its variables after all precedence, each with the place that gave it
 */
public record Host(String name, List<String> groups, Map<String, YamlValue> vars, HostConnection reach) {
    public Host {
        groups = List.copyOf(groups);
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    }

    /** How to reach it. A load that succeeds has made sure of it for every host that its runbook names. */
    public Connection connection() {
        return switch (reach) {
            case HostConnection.By(var connection, var warnings) -> connection;
            case HostConnection.Unusable(var problems) ->
                throw new IllegalStateException("host " + name + " has no usable connection: " + problems);
        };
    }

    /** A variable's text, if it has one that is no collection and that Ansible alone could not tell. */
    public Optional<String> text(String variable) {
        return vars.get(variable) instanceof YamlValue.Scalar scalar && !scalar.isNull() && !scalar.isOpaque()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }
}
