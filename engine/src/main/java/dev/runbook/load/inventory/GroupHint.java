package dev.runbook.load.inventory;

import dev.runbook.model.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to do when an inventory has no group or host of a name: the usual inventories name the same groups differently. */
final class GroupHint {
    private static final List<String> CONTROL_PLANES = List.of(
            "kube-master",
            "kube_master",
            "kube_masters",
            "masters",
            "master",
            "control_plane",
            "control-plane",
            "controlplane",
            "control_planes",
            "controllers",
            "k8s_master",
            "k8s_masters",
            "kubemaster");

    /** What the two groups of the shipped runbooks are called elsewhere. A stacked member runs on its control-plane node. */
    private static final Map<String, List<String>> ELSEWHERE = Map.of(
            "kube_control_plane", CONTROL_PLANES,
            "etcd", CONTROL_PLANES);

    private static final List<String> K3S = List.of("k3s_cluster", "k3s_server", "k3s_servers", "k3s_master", "k3s");
    private static final List<String> RKE2 =
            List.of("rke2_cluster", "rke2_servers", "rke2_server", "rke2_masters", "rke2");

    private GroupHint() {}

    static String of(String name, Inventory inventory) {
        if (inventory.hosts().isEmpty()) {
            return "the inventory has no hosts";
        }
        var near = DidYouMean.nearest(name, inventory.names());
        if (near.isPresent()) {
            return "did you mean " + near.get() + "?";
        }
        if (!ELSEWHERE.containsKey(name)) {
            return DidYouMean.hint(name, inventory.names());
        }
        var groups = inventory.groups().values().stream()
                .filter(group -> !group.hosts().isEmpty())
                .map(Group::name)
                .toList();
        // k3s's own playbooks call their groups server and agent, below k3s_cluster.
        if (groups.stream().anyMatch(K3S::contains) || groups.containsAll(List.of("server", "agent"))) {
            return ofDistribution("k3s");
        }
        if (groups.stream().anyMatch(RKE2::contains)) {
            return ofDistribution("rke2");
        }
        return mapping(name, inventory, groups);
    }

    private static String ofDistribution(String program) {
        return "this looks like an inventory of " + program
                + ", which has an etcd of its own and restores it itself, with" + " `" + program
                + " server --cluster-reset --cluster-reset-restore-path=FILE`; see docs/operations.md";
    }

    private static String mapping(String name, Inventory inventory, List<String> groups) {
        var named = groups.stream()
                .filter(group -> !group.equals(InventoryDraft.ALL) && !group.equals(InventoryDraft.UNGROUPED))
                .toList();
        if (named.isEmpty()) {
            return "add -i groups.yml, a file with \"" + name + ": {hosts: {"
                    + inventory.hosts().getFirst().name() + ": }}\" for each host that belongs to it";
        }
        Optional<String> same = ELSEWHERE.getOrDefault(name, List.of()).stream()
                .filter(named::contains)
                .findFirst();
        return "if a group of yours has these hosts, map it: add -i groups.yml, a file with \"" + name
                + ": {children: {" + same.orElse("YOUR_GROUP") + ": }}\"; known: " + String.join(", ", named);
    }
}
