package dev.runbook.load.inventory;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A group of hosts.
 *
 * @param children the groups directly in it
 * @param hosts the names of its own hosts and of its children's, in the order of the inventory
 * @param ordered the same in the order in which positions such as {@code etcd[0]} count: its own, then its children's
 */
public record Group(String name, List<String> children, Set<String> hosts, List<String> ordered) {
    public Group {
        children = List.copyOf(children);
        ordered = List.copyOf(ordered);
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
    }
}
