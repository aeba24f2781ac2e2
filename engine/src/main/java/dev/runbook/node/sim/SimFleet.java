package dev.runbook.node.sim;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.DataFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.Live;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.model.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Nodes in memory that look as facts say, with all running that the facts say runs. */
public record SimFleet(SimCluster cluster, SequencedMap<String, SimNode> nodes) {
    /** The nodes that these facts tell of. */
    public static SimFleet of(ClusterFacts facts) {
        var cluster = new SimCluster("c1", facts.members().size(), facts.hosts().size());
        var nodes = new LinkedHashMap<String, SimNode>();
        facts.hosts().forEach((name, host) -> nodes.put(name, node(cluster, name, host)));
        return new SimFleet(cluster, nodes);
    }

    private static SimNode node(SimCluster cluster, String name, HostFacts facts) {
        var node = new SimNode(name, cluster);
        for (var folder : List.of("/etc/systemd/system", "/etc/default", "/var/lib", "/etc/kubernetes")) {
            node.tree.setUp(folder, SimTree.FOLDER, new Attributes("0755", 0, 0));
        }
        facts.manifests()
                .ifPresent(folder -> folder.manifests()
                        .forEach(file -> node.tree.setUp(file.path(), file.text(), file.attributes())));
        facts.member().ifPresent(member -> setUp(node, member));
        var units = new TreeMap<String, Boolean>();
        facts.units().forEach((unit, found) -> units.put(unit, found.active()));
        node.services.boot(units);
        return node;
    }

    private static void setUp(SimNode node, MemberFacts member) {
        var who = SimTree.FOLDER
                + (member.live() instanceof Live.Answers answers
                        ? ":" + answers.memberId() + "@" + answers.clusterId()
                        : ":silent@c1");
        setUp(node, member.data(), SimTree.FOLDER);
        if (member.data().memberPresent()) {
            node.tree.setUp(member.data().path() + "/member", who, member.data().attributes());
        }
        member.walDir().ifPresent(wal -> setUp(node, wal, who));
        node.services.memberOn(member.data().path(), member.walDir().map(DataFacts::path));
        if (member.source() instanceof MemberSource.Unit unit) {
            unit.environmentFiles().forEach(file -> node.tree.setUp(file.path(), file.text(), file.attributes()));
            unit.configFile().ifPresent(file -> node.tree.setUp(file.path(), file.text(), file.attributes()));
        }
    }

    private static void setUp(SimNode node, DataFacts data, String content) {
        if (data.present()) {
            node.tree.setUp(data.path(), content, data.attributes());
        } else {
            node.tree.setUp(SimTree.parent(data.path()), SimTree.FOLDER, new Attributes("0755", 0, 0));
        }
    }

    public SimNode node(String host) {
        return Optional.ofNullable(nodes.get(host)).orElseThrow();
    }

    /** How everything stands on every node, but for what the run keeps in folders of its own. */
    public Map<String, SimNode.Look> look(String run) {
        var looks = new LinkedHashMap<String, SimNode.Look>();
        nodes.forEach((name, node) -> looks.put(name, node.look(run)));
        return looks;
    }

    /** Whether any run holds a lock. */
    public boolean locked() {
        return nodes.values().stream().anyMatch(SimNode::isLocked);
    }
}
