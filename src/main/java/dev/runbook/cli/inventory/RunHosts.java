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

/** The hosts of commands that have no runbook: by name, from inventories. */
public record RunHosts(Terminal terminal, List<Path> inventories, ConnectionOptions connections) {
    /**
     * Prepares connections to these hosts without dialling them yet.
     *
     * @return empty when a host is not in the inventory or has no usable connection, which is reported then
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
                        "host " + name + " is not in the inventory",
                        "try -i with an inventory that has it"));
            }
        }
        if (!unknown.isEmpty()) {
            terminal.problems(unknown);
            return Optional.empty();
        }
        return fleet(inventory.get().hosts().stream()
                .filter(host -> names.contains(host.name()))
                .toList());
    }

    /** Which of these hosts the inventory does not have; all of them when it cannot be read. */
    public List<String> missing(Collection<String> names) throws UsageError {
        if (inventories.isEmpty()) {
            return List.copyOf(names);
        }
        var loaded = Loader.inventory(TargetOptions.inventoryRequest(inventories));
        return names.stream()
                .filter(name -> loaded.inventory().host(name).isEmpty())
                .sorted()
                .toList();
    }

    /** Prepares connections to all hosts of the inventory. */
    public Optional<NodeSet> openAll() throws UsageError {
        var inventory = inventory();
        if (inventory.isPresent() && inventory.get().hosts().isEmpty()) {
            terminal.problems(List.of(
                    Problem.ofCall("no-hosts", "the inventory has no hosts", "give one that has them with -i")));
            return Optional.empty();
        }
        return inventory.isEmpty() ? Optional.empty() : fleet(inventory.get().hosts());
    }

    private Optional<NodeSet> fleet(List<Host> hosts) throws UsageError {
        var problems = Loader.connectionProblems(hosts);
        terminal.problems(problems);
        return problems.stream().anyMatch(Problem::isError)
                ? Optional.empty()
                : Optional.of(new NodeSet(HostNodes.open(hosts, Passwords.become(connections), connections)));
    }

    private Optional<Inventory> inventory() throws UsageError {
        if (inventories.isEmpty()) {
            throw new UsageError("no inventory given; try -i FILE");
        }
        var loaded =
                Loader.inventory(TargetOptions.inventoryRequest(inventories).with(Passwords.given(connections)));
        terminal.problems(loaded.problems());
        if (loaded.problems().stream().anyMatch(Problem::isError)) {
            return Optional.empty();
        }
        return Optional.of(loaded.inventory());
    }
}
