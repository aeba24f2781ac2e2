package dev.runbook.load.inventory;

import dev.runbook.model.Position;
import dev.runbook.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hosts and groups as the inventories name them, before precedence and nesting are resolved. Each format of inventory
 * has a reader that adds to the draft, and inventories are merged by adding to the same draft.
 */
final class InventoryDraft {
    static final String ALL = "all";
    static final String UNGROUPED = "ungrouped";

    /** A group as far as it was read. */
    static final class GroupDraft {
        final Map<String, YamlValue> vars = new LinkedHashMap<>();
        /** Children, with the position that names each. */
        final Map<String, Position> children = new LinkedHashMap<>();

        final Set<String> hosts = new LinkedHashSet<>();
        /** Whether an inventory gives its content: a name without content may be misspelt. */
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
