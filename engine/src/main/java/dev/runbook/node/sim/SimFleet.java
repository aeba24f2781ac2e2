package dev.runbook.node.sim;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.DataFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Need;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** Simulated nodes that look as facts say, with all running that the facts say runs. */
public record SimFleet(SimCluster cluster, SequencedMap<String, SimNode> nodes) {
    /** Where API servers tell of themselves in etcd. */
    static final String API_SERVER_LEASES = "/registry/masterleases/";

    /** Folders that every host has. */
    static final List<String> FOLDERS = List.of("/etc/systemd/system", "/etc/default", "/var/lib", "/etc/kubernetes");

    private static final Attributes PUBLIC_FILE = new Attributes("0644", 0, 0);

    private static final String UNKNOWN = "c1";

    /** The nodes that these facts tell of. */
    public static SimFleet of(ClusterFacts facts) {
        return of(facts, SimSnapshots.unwritten());
    }

    /**
     * The nodes that these facts tell of.
     *
     * @param snapshots shared with other fleets, so that a file that is sent in each of them is read once
     */
    public static SimFleet of(ClusterFacts facts, SimSnapshots snapshots) {
        var begin = facts.hosts().values().stream()
                .map(host -> host.identity().clock())
                .findFirst()
                .orElse(Instant.EPOCH);
        var old = facts.answers().map(LiveMember.Answers::clusterId).findFirst().orElse(UNKNOWN);
        var cluster = new SimCluster(old, facts.members().size(), facts.hosts().size(), new SimTime(begin), snapshots);
        var nodes = new LinkedHashMap<String, SimNode>();
        facts.hosts().forEach((name, host) -> nodes.put(name, node(cluster, name, host)));
        facts.answers().forEach(live -> live.leaderId().ifPresent(leader -> cluster.leads(live.clusterId(), leader)));
        return new SimFleet(cluster, nodes);
    }

    private static SimNode node(SimCluster cluster, String name, HostFacts facts) {
        var node = new SimNode(name, cluster, seed(facts));
        for (var folder : FOLDERS) {
            node.tree.setUp(folder, SimTree.FOLDER, new Attributes("0755", 0, 0));
        }
        facts.manifests().ifPresent(folder -> setUp(node, folder));
        // Expiry is all that a survey reads of them, and what expires is refused before a run, not in it.
        facts.certificates().forEach(found -> node.tree.setUp(found.path(), SimFiles.certificate(), PUBLIC_FILE));
        facts.units().values().stream()
                .filter(UnitFacts::dropInFolderExists)
                .forEach(unit -> node.tree.setUp(unit.dropInFolder(), SimTree.FOLDER, new Attributes("0755", 0, 0)));
        facts.member().ifPresent(member -> setUp(node, member));
        var units = new TreeMap<String, Boolean>();
        facts.units().forEach((unit, found) -> units.put(unit, found.active()));
        // A static pod whose container was not running does not run here either: it is restarted, and ends again.
        if (facts.member().filter(member -> !facts.runs(member)).isPresent()) {
            node.services.memberCannotStart();
        }
        node.services.boot(units);
        return node;
    }

    private static void setUp(SimNode node, ManifestFolder folder) {
        node.tree.setUp(folder.path(), SimTree.FOLDER, new Attributes("0755", 0, 0));
        folder.manifests().forEach(file -> node.tree.setUp(file.path(), file.text(), file.attributes()));
        folder.strangers().forEach(name -> node.tree.setUp(folder.path() + "/" + name, "", PUBLIC_FILE));
        node.tree.setUp("/var/lib/kubelet/config.yaml", "staticPodPath: " + folder.path() + "\n", PUBLIC_FILE);
    }

    private static SimSeed seed(HostFacts facts) {
        var units = new LinkedHashMap<String, Map<String, String>>();
        facts.units().forEach((unit, found) -> units.put(unit, found.properties()));
        var mounted = facts.member()
                .map(MemberFacts::data)
                .filter(DataFacts::mountPoint)
                .map(data -> Set.of(data.path()))
                .orElse(Set.of());
        var lacks = new HashMap<Need, String>();
        facts.start()
                .ifPresent(needs ->
                        needs.forEach(found -> found.lacking().ifPresent(why -> lacks.put(found.need(), why))));
        return new SimSeed(facts.tools(), units, mounted, lacks);
    }

    private static SimStore store(LiveMember.Answers live) {
        var members = live.members().stream()
                .map(peer ->
                        new MemberReader.Member(peer.id(), peer.name(), peer.peerUrls(), List.of(), peer.learner()))
                .toList();
        var store = new SimStore(
                live.version(),
                members,
                live.alarms(),
                new SimStore.Origin.Nothing(
                        Math.max(0, live.revision() - live.apiServers().size())),
                List.of());
        for (var address : live.apiServers()) {
            store = store.put(API_SERVER_LEASES + address, "{}");
        }
        return store;
    }

    private static void setUp(SimNode node, MemberFacts member) {
        var who = SimTree.FOLDER + ":" + identity(node.cluster(), member.live());
        if (member.live() instanceof LiveMember.Silent silent) {
            node.cluster().silent(node.name(), silent);
        }
        member.clientUrls().stream()
                .flatMap(url -> EtcdAccess.at(url, Optional.empty()).stream())
                .forEach(address -> node.cluster().address(address.host(), node.name()));
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

    private static String identity(SimCluster cluster, LiveMember live) {
        return switch (live) {
            case LiveMember.Answers answers -> {
                var self = answers.memberId() + "@" + answers.clusterId();
                cluster.keep(self, store(answers));
                yield self;
            }
            case LiveMember.Silent _ -> SimCluster.SILENT + "@" + UNKNOWN;
        };
    }

    private static void setUp(SimNode node, DataFacts data, String content) {
        if (data.present()) {
            node.tree.setUp(data.path(), content, data.attributes());
        } else {
            node.tree.setUp(SimTree.parent(data.path()), SimTree.FOLDER, new Attributes("0755", 0, 0));
        }
    }

    /**
     * Writes a snapshot of the data that some member has, whether it runs or not.
     *
     * @return whether there is such a member
     * @throws IOException when the file cannot be written
     */
    public boolean writeSnapshot(Path target) throws IOException {
        var store = cluster.anyStore();
        if (store.isEmpty()) {
            return false;
        }
        try {
            SimSnapshotFile.write(target, store.get());
            return true;
        } catch (MemberUnreachable unknownData) {
            return false;
        }
    }

    /** Seen as nodes. */
    public SequencedMap<String, Node> asNodes() {
        return new LinkedHashMap<>(nodes);
    }

    public SimNode node(String host) {
        return Optional.ofNullable(nodes.get(host)).orElseThrow();
    }

    /** How everything stands on every node, but for what the run keeps in folders of its own. */
    public Map<String, SimView> view(String run) {
        var looks = new LinkedHashMap<String, SimView>();
        nodes.forEach((name, node) -> looks.put(name, node.view(run)));
        return looks;
    }

    /** Whether any run holds a lock. */
    public boolean locked() {
        return nodes.values().stream().anyMatch(SimNode::isLocked);
    }
}
