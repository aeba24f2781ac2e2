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
 * @param vars its variables after precedence, each with its position
 */
public record Host(String name, List<String> groups, Map<String, YamlValue> vars, HostConnection reach) {
    public Host {
        groups = List.copyOf(groups);
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    }

    /** How to reach the host. A successful load has checked this for every host that its runbook selects. */
    public Connection connection() {
        return switch (reach) {
            case HostConnection.Usable(var connection, var warnings) -> connection;
            case HostConnection.Unusable(var problems) ->
                throw new IllegalStateException("host " + name + " has no usable connection: " + problems);
        };
    }

    /** A variable's text, if it is no collection and no value that only Ansible can read. */
    public Optional<String> text(String variable) {
        return vars.get(variable) instanceof YamlValue.Scalar scalar && !scalar.isNull() && !scalar.isOpaque()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }
}
