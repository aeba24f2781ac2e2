package dev.runbook.load;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Selects the hosts of a pattern, narrowed by {@code --limit}. */
final class Targets {
    private Targets() {}

    static List<Host> of(HostPattern wanted, Inventory inventory, Optional<HostPattern> limit) {
        var hosts = wanted.select(inventory).hosts();
        if (limit.isEmpty()) {
            return hosts;
        }
        var allowed =
                limit.get().select(inventory).hosts().stream().map(Host::name).collect(Collectors.toSet());
        return hosts.stream().filter(host -> allowed.contains(host.name())).toList();
    }
}
