package dev.runbook.load;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.Inventory;
import java.util.List;
import java.util.Optional;

/** Which hosts a pattern means once the limit of the call has narrowed it. */
final class Targets {
    private Targets() {}

    static List<Host> of(HostPattern wanted, Inventory inventory, Optional<HostPattern> limit) {
        var hosts = wanted.select(inventory).hosts();
        return limit.map(pattern -> pattern.select(inventory).hosts())
                .map(limited -> hosts.stream().filter(limited::contains).toList())
                .orElse(hosts);
    }
}
