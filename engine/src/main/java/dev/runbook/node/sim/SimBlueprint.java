package dev.runbook.node.sim;

import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.etcd.identity.Membership;
import dev.runbook.model.Attributes;
import dev.runbook.node.MemberReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A healthy cluster to be made in memory, set up as kubeadm and Debian's etcd set up theirs.
 *
 * @param etcdVersion of all members, such as {@code 3.5.16}
 */
public record SimBlueprint(List<SimHost> hosts, String etcdVersion) {
    /** Of members and tools by default. */
    public static final String USUAL_VERSION = "3.5.16";

    /** No run can make the same, since every run's token is fresh. */
    private static final String TOKEN = "simulated-before-the-run";

    private static final Attributes PUBLIC_FOLDER = new Attributes("0755", 0, 0);
    private static final Attributes PUBLIC_FILE = new Attributes("0644", 0, 0);

    /** etcd's user as Debian's package makes it. */
    private static final int ETCD_USER = 104;

    public SimBlueprint {
        hosts = List.copyOf(hosts);
        if (!etcdVersion.matches("\\d+\\.\\d+\\.\\d+")) {
            throw new IllegalArgumentException("a version of etcd is MAJOR.MINOR.PATCH, not " + etcdVersion);
        }
    }

    /**
     * Makes the nodes, with everything running.
     *
     * @param begin the time that it is there
     */
    public SimFleet build(Instant begin) {
        var members = hosts.stream().filter(SimHost::member).toList();
        var identity = members.isEmpty() ? Optional.<Membership>empty() : Optional.of(identity(members));
        var clusterId = identity.map(known -> known.clusterId().toString()).orElse("none");
        var cluster =
                new SimCluster(clusterId, members.size(), hosts.size(), new SimTime(begin), SimSnapshots.written());
        var nodes = new LinkedHashMap<String, SimNode>();
        for (var host : hosts) {
            cluster.address(host.address(), host.name());
            cluster.address(host.name(), host.name());
            var node = new SimNode(host.name(), cluster, SimPrograms.seed(host, etcdVersion));
            nodes.put(host.name(), node);
            SimFleet.FOLDERS.forEach(folder -> node.tree.setUp(folder, SimTree.FOLDER, PUBLIC_FOLDER));
            if (host.member()) {
                member(node, host, identity.orElseThrow());
            }
            if (host.controlPlane()) {
                controlPlane(node, host);
            }
        }
        identity.ifPresent(known -> keep(cluster, known));
        nodes.values().forEach(node -> {
            var units = new TreeMap<String, Boolean>();
            node.seeded().units().keySet().forEach(unit -> units.put(unit, true));
            node.services.boot(units);
        });
        return new SimFleet(cluster, nodes);
    }

    private static Membership identity(List<SimHost> members) {
        return initial(members).membership(TOKEN);
    }

    private static InitialCluster initial(List<SimHost> members) {
        var urls = new TreeMap<String, String>();
        members.forEach(host -> urls.put(host.name(), host.peerUrl()));
        return InitialCluster.of(urls);
    }

    /** The API servers' own keys, and one object. */
    private void keep(SimCluster cluster, Membership identity) {
        var members = hosts.stream()
                .filter(SimHost::member)
                .map(host -> new MemberReader.Member(
                        identity.member(host.name()).toString(),
                        host.name(),
                        List.of(host.peerUrl()),
                        List.of(host.clientUrl()),
                        false))
                .toList();
        var store = new SimStore(etcdVersion, members, List.of(), new SimStore.Origin.Nothing(1), List.of())
                .put("/registry/namespaces/default", "{}");
        for (var host : hosts) {
            if (host.controlPlane()) {
                store = store.put(SimFleet.API_SERVER_LEASES + host.address(), "{}");
            }
        }
        for (var member : members) {
            cluster.keep(member.id() + "@" + identity.clusterId(), store);
        }
    }

    private void member(SimNode node, SimHost host, Membership identity) {
        var who = SimTree.FOLDER + ":" + identity.member(host.name()) + "@" + identity.clusterId();
        var data = host.stacked() ? "/var/lib/etcd" : "/var/lib/etcd/default";
        int owner = host.stacked() ? 0 : ETCD_USER;
        var attributes = new Attributes("0700", owner, owner);
        node.tree.setUp(data, SimTree.FOLDER, attributes);
        node.tree.setUp(data + "/member", who, attributes);
        node.services.memberOn(data, Optional.empty());
        if (host.stacked()) {
            node.tree.setUp(
                    SimServices.MANIFESTS + "/etcd.yaml", SimFiles.etcd(host, etcdVersion), Attributes.PRIVATE_FILE);
            certificates(node, "/etc/kubernetes/pki/etcd/", "ca", "server", "peer", "healthcheck-client");
        } else {
            var founders = initial(hosts.stream().filter(SimHost::member).toList());
            node.tree.setUp("/etc/default/etcd", SimFiles.environment(host, founders.toString()), PUBLIC_FILE);
            certificates(node, "/etc/etcd/pki/", "ca", "server", "peer");
        }
    }

    private void controlPlane(SimNode node, SimHost host) {
        var etcd = host.stacked()
                ? "https://127.0.0.1:2379"
                : String.join(
                        ",",
                        hosts.stream()
                                .filter(SimHost::member)
                                .map(SimHost::clientUrl)
                                .toList());
        SimFiles.controlPlane(host, etcd)
                .forEach((pod, text) ->
                        node.tree.setUp(SimServices.MANIFESTS + "/" + pod + ".yaml", text, Attributes.PRIVATE_FILE));
        node.tree.setUp("/var/lib/kubelet/config.yaml", "staticPodPath: " + SimServices.MANIFESTS + "\n", PUBLIC_FILE);
        certificates(node, "/etc/kubernetes/pki/", "ca", "apiserver", "apiserver-etcd-client");
    }

    /** One certificate for all, of no real subject; no simulated node has a key. */
    private static void certificates(SimNode node, String folder, String... names) {
        for (var name : names) {
            node.tree.setUp(folder + name + ".crt", SimFiles.certificate(), PUBLIC_FILE);
        }
    }
}
