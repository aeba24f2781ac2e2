package dev.runbook.fleet;

import dev.runbook.fleet.NodePlan.NodeFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything as static pods of a real kubelet, as kubeadm lays it out. */
record StackedControlPlane(Authority etcdAuthority, Authority apiAuthority) implements ControlPlane {
    private static final String PKI = "/etc/kubernetes/pki";
    private static final String PARKED = "/root/manifests";
    private static final String MANIFESTS = "/etc/kubernetes/manifests";
    private static final Duration MEMBER_LIMIT = Duration.ofMinutes(1);

    @Override
    public String image(Consumer<String> progress) {
        return FleetImages.ensureStacked(progress);
    }

    @Override
    public NodeContainer.Needs needs() {
        return NodeContainer.Needs.NESTED_CONTAINERS;
    }

    @Override
    public List<NodePlan> prepare(List<NodePlan> plans, String fleetId) {
        List<NodePlan> prepared = new ArrayList<>();
        for (int index = 0; index < plans.size(); index++) {
            NodePlan plan = plans.get(index);
            String joined = index == 0 ? "" : Kubeadm.initialCluster(plans.subList(0, index + 1));
            prepared.add(plan.with(
                    files(plan, plans.getFirst()), "fleet-control-plane /root/kubeadm.yaml '%s'\n".formatted(joined)));
        }
        return prepared;
    }

    /** The authorities are the cluster's; all else kubeadm makes on the node. */
    private Map<String, NodeFile> files(NodePlan plan, NodePlan first) {
        Map<String, NodeFile> files = new LinkedHashMap<>();
        files.put("/root/kubeadm.yaml", new NodeFile(Kubeadm.configuration(plan, first), 0600));
        files.put(PKI + "/ca.crt", new NodeFile(apiAuthority.itself().certificate(), 0644));
        files.put(PKI + "/ca.key", new NodeFile(apiAuthority.itself().key(), 0600));
        files.put(PKI + "/etcd/ca.crt", new NodeFile(etcdAuthority.itself().certificate(), 0644));
        files.put(PKI + "/etcd/ca.key", new NodeFile(etcdAuthority.itself().key(), 0600));
        return files;
    }

    /** Members join one after the other, as with kubeadm, which is what leaves the partial member lists behind. */
    @Override
    public void bringUp(List<FleetNode> nodes) {
        FleetNode first = nodes.getFirst();
        for (FleetNode node : nodes) {
            if (node != first) {
                // Refused until the members so far have known each other for 5 s.
                Waiting.until("member " + node.name() + " to be added", MEMBER_LIMIT, () -> {
                    ExecResult added =
                            etcdctl(first, "member", "add", node.name(), "--peer-urls=" + Kubeadm.peerUrl(node.plan()));
                    return added.succeeded() ? "" : added.stdout() + added.stderr();
                });
            }
            place(node, "etcd.yaml");
            Waiting.until("etcd on " + node.name(), MEMBER_LIMIT, () -> etcdProblem(node));
            place(node, "*.yaml");
        }
    }

    private static void place(FleetNode node, String pattern) {
        node.exec("mv %s/%s %s/".formatted(PARKED, pattern, MANIFESTS)).require("manifests of " + node.name());
    }

    @Override
    public void awaitHealthy(List<FleetNode> nodes, Duration limit) {
        Waiting.until("healthy etcd members and ready API servers", limit, () -> nodes.stream()
                .flatMap(node -> Stream.of(etcdProblem(node), apiProblem(node)))
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse(""));
    }

    private String etcdProblem(FleetNode node) {
        ExecResult health = etcdctl(node, "endpoint", "health");
        return health.succeeded() ? "" : node.name() + ": etcd: " + health.stdout() + health.stderr();
    }

    private static String apiProblem(FleetNode node) {
        ExecResult ready = node.exec("curl -sS -m 5 --fail --cacert %s/ca.crt https://%s:6443/readyz"
                .formatted(PKI, node.address()));
        return ready.succeeded() ? "" : node.name() + ": API server: " + ready.stdout() + ready.stderr();
    }

    /** The node has no etcdctl of its own, so the one in the member's container is asked. */
    @Override
    public ExecResult etcdctl(FleetNode node, String... arguments) {
        String words = Stream.concat(
                        Stream.of(
                                "--endpoints=https://127.0.0.1:2379",
                                "--cacert=" + PKI + "/etcd/ca.crt",
                                "--cert=" + PKI + "/etcd/healthcheck-client.crt",
                                "--key=" + PKI + "/etcd/healthcheck-client.key",
                                "--command-timeout=3s"),
                        Stream.of(arguments))
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return node.exec("""
                id=$(crictl ps -q --label io.kubernetes.container.name=etcd) && [ -n "$id" ] || {
                    echo 'no etcd container runs' >&2
                    exit 1
                }
                exec ctr -n k8s.io task exec --exec-id "fleet-$$" $id etcdctl %s
                """.formatted(words));
    }

    @Override
    public String apiServerGroup() {
        return "kube_control_plane";
    }
}
