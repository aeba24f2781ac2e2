package dev.runbook.cli.inventory;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.Secret;
import dev.runbook.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The nodes of inventory hosts: connections to them, or simulated nodes in their place. */
public final class HostNodes {
    private HostNodes() {}

    /** Makes the nodes of hosts. */
    @FunctionalInterface
    public interface Opener {
        SequencedMap<String, Node> open(List<Host> hosts, Optional<Secret> password, ConnectionOptions options)
                throws UsageError;
    }

    /** Prepares the connections, without dialling yet. */
    public static SequencedMap<String, Node> open(
            List<Host> hosts, Optional<Secret> password, ConnectionOptions options) throws UsageError {
        if (SimulatedNodes.wanted(hosts, options)) {
            return SimulatedNodes.fleet(hosts, options).asNodes();
        }
        var factory = Connections.factory(options);
        var nodes = new LinkedHashMap<String, Node>();
        for (var host : hosts) {
            nodes.put(host.name(), factory.node(host.name(), Passwords.with(host.connection(), password)));
        }
        return nodes;
    }

    /** Each group's hosts by name. */
    public static Map<String, List<String>> groups(Inventory inventory) {
        var groups = new LinkedHashMap<String, List<String>>();
        inventory.groups().forEach((name, group) -> groups.put(name, List.copyOf(group.hosts())));
        return groups;
    }
}
