package dev.runbook.load.inventory;

import dev.runbook.model.Position;
import dev.runbook.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hosts and groups as the inventories name them, before precedence and nesting are worked out. Each form of inventory
 * has a reader that adds to it, and inventories are merged by adding to the same one.
 */
final class InventoryDraft {
    static final String ALL = "all";
    static final String UNGROUPED = "ungrouped";

    /** A group so far. */
    static final class GroupDraft {
        final Map<String, YamlValue> vars = new LinkedHashMap<>();
        /** Where each child is named. */
        final Map<String, Position> children = new LinkedHashMap<>();

        final Set<String> hosts = new LinkedHashSet<>();
        /** Whether its content is given anywhere: a name without content may be a slip. */
        boolean defined;
    }

    final Map<String, GroupDraft> groups = new LinkedHashMap<>();
    final Map<String, Map<String, YamlValue>> hosts = new LinkedHashMap<>();

    InventoryDraft() {
        group(ALL).defined = true;
        group(UNGROUPED).defined = true;
    }

    GroupDraft group(String name) {
        return groups.computeIfAbsent(name, ignored -> new GroupDraft());
    }

    void addHost(String group, String host) {
        hosts.computeIfAbsent(host, ignored -> new LinkedHashMap<>());
        group(group).hosts.add(host);
    }

    Map<String, YamlValue> hostVars(String host) {
        return hosts.computeIfAbsent(host, ignored -> new LinkedHashMap<>());
    }
}
