package dev.runbook.load;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostNames;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.load.inventory.PatternTerm;
import dev.runbook.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a pattern selects no host, and the problems where that means that nothing would be done: no success. */
public final class NoHosts {
    static final String CODE = "no-hosts";

    private NoHosts() {}

    /** The reason in words: groups that have no hosts, or the limit. */
    public static String reason(HostPattern pattern, Inventory inventory, Optional<HostPattern> limit) {
        var selected =
                pattern.select(inventory).hosts().stream().map(Host::name).toList();
        if (!selected.isEmpty() && limit.isPresent()) {
            return "--limit " + quoted(limit.get()) + " leaves none of " + HostNames.of(selected);
        }
        var groups = groups(pattern, inventory);
        if (groups.isEmpty()) {
            return inventory.hosts().isEmpty() ? "the inventory has no hosts" : "no host matches it";
        }
        return groups.size() == 1 && inventory.inGroup(groups.getFirst()).isEmpty()
                ? "the group " + groups.getFirst() + " has no hosts"
                : groups.stream().map(group -> sized(group, inventory)).collect(Collectors.joining("; "));
    }

    private static String sized(String group, Inventory inventory) {
        var hosts = inventory.inGroup(group).stream().map(Host::name).toList();
        return hosts.isEmpty() ? group + " has no hosts" : group + " has " + HostNames.of(hosts);
    }

    private static List<String> groups(HostPattern pattern, Inventory inventory) {
        List<String> groups = new ArrayList<>();
        for (var term : pattern.terms()) {
            var matcher = term.matcher() instanceof PatternTerm.Matcher.Nth nth ? nth.of() : term.matcher();
            if (matcher instanceof PatternTerm.Matcher.Name(var name)
                    && inventory.groups().containsKey(name)
                    && !groups.contains(name)) {
                groups.add(name);
            }
        }
        return groups;
    }

    static Problem ofRunbook(HostPattern pattern, Inventory inventory, Optional<HostPattern> limit) {
        return problem(pattern, "the runbook's hosts " + quoted(pattern) + " select no host", inventory, limit);
    }

    static Problem ofSteps(HostPattern first, Inventory inventory, Optional<HostPattern> limit) {
        return problem(first, "no step runs on any host; the hosts " + quoted(first) + " are none", inventory, limit);
    }

    /** A pattern of the command line: {@code --limit}, or the hosts of a command without a runbook. */
    static Problem ofCall(String what, HostPattern pattern, Inventory inventory) {
        return Problem.ofCall(
                CODE,
                what + " " + quoted(pattern) + " selects no host: " + reason(pattern, inventory, Optional.empty()),
                inventory.hosts().isEmpty()
                        ? "add hosts to the inventory, or give another one with -i"
                        : "the inventory has "
                                + HostNames.of(inventory.hosts().stream()
                                        .map(Host::name)
                                        .toList()));
    }

    private static Problem problem(HostPattern pattern, String what, Inventory inventory, Optional<HostPattern> limit) {
        var isLimited = !pattern.select(inventory).hosts().isEmpty();
        return pattern.terms()
                .getFirst()
                .place()
                .problem(
                        CODE,
                        what + ": " + reason(pattern, inventory, limit),
                        isLimited
                                ? "leave --limit out, or name some of these hosts with it"
                                : "add the hosts to the inventory, or give one that has them with -i");
    }

    private static String quoted(HostPattern pattern) {
        return "\"" + pattern.text() + "\"";
    }
}
