package dev.runbook.load.inventory;

import dev.runbook.load.inventory.InventoryDraft.GroupDraft;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Nesting of groups: the hosts of each, and the precedence of their variables. */
final class GroupTree {
    private final InventoryDraft draft;
    private final Map<String, Set<String>> parents = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();

    /** Checks the groups, and puts groups without a parent into {@code all}. */
    GroupTree(InventoryDraft draft, Consumer<Problem> problems) {
        this.draft = draft;
        refuseCycles(problems);
        draft.groups.forEach((name, group) -> group.children.forEach((child, position) -> {
            parents.computeIfAbsent(child, ignored -> new HashSet<>()).add(name);
            checkChild(child, position, problems);
        }));
        collectUngrouped();
    }

    /** The groups directly in a group. */
    List<String> children(String group) {
        if (!group.equals(InventoryDraft.ALL)) {
            return List.copyOf(draft.group(group).children.keySet());
        }
        return draft.groups.keySet().stream()
                .filter(name -> !name.equals(InventoryDraft.ALL) && depth(name) == 1)
                .toList();
    }

    /** The hosts of a group and of the groups below it. */
    Set<String> hosts(String group) {
        var known = members.get(group);
        if (known != null) {
            return known;
        }
        if (group.equals(InventoryDraft.ALL)) {
            return draft.hosts.keySet();
        }
        Set<String> hosts = new LinkedHashSet<>(draft.group(group).hosts);
        children(group).forEach(child -> hosts.addAll(hosts(child)));
        members.put(group, hosts);
        return hosts;
    }

    /** The same hosts in Ansible's order: the group's own, then its children's, then those of their children. */
    List<String> ordered(String group) {
        Set<String> ordered = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>(List.of(group));
        for (Deque<String> waiting = new ArrayDeque<>(seen); !waiting.isEmpty(); ) {
            var next = waiting.removeFirst();
            ordered.addAll(draft.group(next).hosts);
            children(next).stream().filter(seen::add).forEach(waiting::addLast);
        }
        return List.copyOf(ordered);
    }

    /** The groups of a host in ascending precedence of their variables: by depth, then ansible_group_priority, then name. */
    List<String> byPrecedence(String host) {
        return draft.groups.keySet().stream()
                .filter(group ->
                        !group.equals(InventoryDraft.ALL) && hosts(group).contains(host))
                .sorted(Comparator.<String>comparingInt(this::depth)
                        .thenComparingLong(this::priority)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The length of the longest path from {@code all}. */
    private int depth(String group) {
        var known = depths.get(group);
        if (known != null) {
            return known;
        }
        var depth = group.equals(InventoryDraft.ALL)
                ? 0
                : 1
                        + parents.getOrDefault(group, Set.of()).stream()
                                .mapToInt(this::depth)
                                .max()
                                .orElse(0);
        depths.put(group, depth);
        return depth;
    }

    private long priority(String group) {
        return draft.group(group).vars.get("ansible_group_priority") instanceof Scalar scalar
                        && scalar.plain() instanceof Long priority
                ? priority
                : 1;
    }

    private void collectUngrouped() {
        Set<String> grouped = new HashSet<>();
        draft.groups.forEach((name, group) -> {
            if (!name.equals(InventoryDraft.ALL) && !name.equals(InventoryDraft.UNGROUPED)) {
                grouped.addAll(group.hosts);
            }
        });
        // A host above the first section may be in a group further down.
        draft.group(InventoryDraft.UNGROUPED).hosts.removeAll(grouped);
        draft.hosts.keySet().stream()
                .filter(host -> !grouped.contains(host))
                .forEach(draft.group(InventoryDraft.UNGROUPED).hosts::add);
    }

    /** Ansible creates an empty group for a child without a definition; where its name is misspelt, hosts would be lost. */
    private void checkChild(String child, Position position, Consumer<Problem> problems) {
        if (draft.group(child).defined) {
            return;
        }
        var known = draft.groups.entrySet().stream()
                .filter(group -> group.getValue().defined && !group.getKey().equals(InventoryDraft.UNGROUPED))
                .map(Map.Entry::getKey)
                .toList();
        var problem = Problem.at(
                position,
                "unknown-group",
                "the group " + child + " is used here, but no inventory gives it hosts or children",
                DidYouMean.nearest(child, known)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("write hosts: {} below it if it is meant to be empty"));
        problems.accept(DidYouMean.nearest(child, known).isPresent() ? problem : problem.asWarning());
    }

    private void refuseCycles(Consumer<Problem> problems) {
        Set<String> done = new HashSet<>();
        for (var name : List.copyOf(draft.groups.keySet())) {
            follow(name, new ArrayDeque<>(), done, problems);
        }
    }

    private void follow(String name, Deque<String> path, Set<String> done, Consumer<Problem> problems) {
        if (!done.add(name)) {
            return;
        }
        path.addLast(name);
        GroupDraft group = draft.group(name);
        for (var child : Map.copyOf(group.children).entrySet()) {
            if (path.contains(child.getKey()) || child.getKey().equals(InventoryDraft.ALL)) {
                problems.accept(cycle(child.getKey(), child.getValue(), path));
                // The edge is removed, so that the rest can be read and checked.
                group.children.remove(child.getKey());
            } else {
                follow(child.getKey(), path, done, problems);
            }
        }
        path.removeLast();
    }

    private static Problem cycle(String child, Position position, Deque<String> path) {
        if (child.equals(InventoryDraft.ALL)) {
            return Problem.at(position, "cyclic-group", "the group all cannot be inside another", "remove it here");
        }
        List<String> cycle = new ArrayList<>(path);
        cycle.add(child);
        return Problem.at(
                position,
                "cyclic-group",
                "the group " + child + " would be inside itself: "
                        + String.join(" > ", cycle.subList(cycle.indexOf(child), cycle.size())),
                "remove it here or there");
    }
}
