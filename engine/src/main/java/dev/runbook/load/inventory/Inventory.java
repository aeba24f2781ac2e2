package dev.runbook.load.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Hosts and groups of all inventories.
 *
 * @param hosts in the order in which the inventories first name them
 * @param groups by name, {@code all} first, including empty groups
 */
public record Inventory(List<Host> hosts, Map<String, Group> groups) {
    public Inventory {
        hosts = List.copyOf(hosts);
        SequencedMap<String, Group> ordered = new LinkedHashMap<>(groups);
        groups = Collections.unmodifiableMap(ordered);
    }

    public Optional<Host> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /** The hosts of a group and of the groups in it; none when there is no such group. */
    public List<Host> inGroup(String name) {
        var group = groups.get(name);
        return group == null
                ? List.of()
                : hosts.stream()
                        .filter(host -> group.hosts().contains(host.name()))
                        .toList();
    }

    /** Every name that a host pattern may use. */
    public List<String> names() {
        List<String> names = new ArrayList<>(groups.keySet());
        hosts.forEach(host -> names.add(host.name()));
        return names;
    }
}
