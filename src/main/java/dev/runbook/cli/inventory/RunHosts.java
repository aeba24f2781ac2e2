package dev.runbook.cli.inventory;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.Loader;
import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Hosts by name, for commands that have no runbook which says where. */
public record RunHosts(Terminal terminal, List<Path> inventories, ConnectionOptions connections) {
    /**
     * Not dialled yet.
     *
     * @return empty when the inventory does not have them all, which has been said then
     */
    public Optional<NodeSet> open(Collection<String> names) throws UsageError {
        var inventory = inventory();
        if (inventory.isEmpty()) {
            return Optional.empty();
        }
        var unknown = new ArrayList<Problem>();
        for (var name : names) {
            if (inventory.get().host(name).isEmpty()) {
                unknown.add(Problem.ofCall(
                        "unknown-host",
                        "the inventory does not have the host " + name,
                        "give the inventory of the run with -i"));
            }
        }
        if (!unknown.isEmpty()) {
            terminal.problems(unknown);
            return Optional.empty();
        }
        return Optional.of(fleet(inventory.get().hosts().stream()
                .filter(host -> names.contains(host.name()))
                .toList()));
    }

    /** All that the inventory has. */
    public Optional<NodeSet> openAll() throws UsageError {
        var inventory = inventory();
        return inventory.isEmpty()
                ? Optional.empty()
                : Optional.of(fleet(inventory.get().hosts().stream().toList()));
    }

    private NodeSet fleet(List<Host> hosts) throws UsageError {
        return new NodeSet(HostNodes.open(hosts, Passwords.become(connections), connections));
    }

    private Optional<Inventory> inventory() throws UsageError {
        if (inventories.isEmpty()) {
            throw new UsageError("no inventory: give one with -i FILE");
        }
        var loaded = Loader.inventory(
                TargetOptions.request(Path.of(""), inventories, List.of(), Optional.empty(), List.of()));
        if (loaded.problems().stream().anyMatch(Problem::isError)) {
            terminal.problems(loaded.problems());
            return Optional.empty();
        }
        return Optional.of(loaded.inventory());
    }
}
