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

/** From inventory hosts to nodes: real ones, or simulated ones where the options ask for these. */
public final class HostNodes {
    private HostNodes() {}

    /** Makes nodes of hosts; the demo and the tests make others. */
    @FunctionalInterface
    public interface Opener {
        SequencedMap<String, Node> open(List<Host> hosts, Optional<Secret> password, ConnectionOptions options)
                throws UsageError;
    }

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

    public static Map<String, List<String>> groups(Inventory inventory) {
        var groups = new LinkedHashMap<String, List<String>>();
        inventory.groups().forEach((name, group) -> groups.put(name, List.copyOf(group.hosts())));
        return groups;
    }
}
