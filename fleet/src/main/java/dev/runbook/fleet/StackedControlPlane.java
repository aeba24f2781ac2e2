package dev.runbook.fleet;

import dev.runbook.fleet.NodePlan.NodeFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A stacked control plane: static pods of a real kubelet, set up by kubeadm.
 *
 * @param watchDrain how long open watches keep an API server alive after SIGTERM; empty as real ones: until SIGKILL, 30 s
 */
record StackedControlPlane(
        CertificateAuthority etcdAuthority, CertificateAuthority apiAuthority, Optional<Duration> watchDrain)
        implements ControlPlaneLayout {
    private static final String PKI = "/etc/kubernetes/pki";
    private static final String PARKED = "/root/manifests";
    private static final String MANIFESTS = "/etc/kubernetes/manifests";
    private static final Duration MEMBER_LIMIT = Duration.ofMinutes(1);

    @Override
    public String image(Consumer<String> progress) {
        return FleetImages.ensureStacked(progress);
    }

    @Override
    public NodeContainer.Privileges privileges() {
        return NodeContainer.Privileges.NESTED_CONTAINERS;
    }

    @Override
    public List<NodePlan> prepare(List<NodePlan> plans, String fleetId) {
        List<NodePlan> prepared = new ArrayList<>();
        for (int index = 0; index < plans.size(); index++) {
            NodePlan plan = plans.get(index);
            String joined = index == 0 ? "" : KubeadmConfiguration.initialCluster(plans.subList(0, index + 1));
            prepared.add(plan.with(
                    files(plan, plans.getFirst()), "fleet-control-plane /root/kubeadm.yaml '%s'\n".formatted(joined)));
        }
        return prepared;
    }

    /** The certificate authorities, which all nodes share; kubeadm creates everything else on the node. */
    private Map<String, NodeFile> files(NodePlan plan, NodePlan first) {
        Map<String, NodeFile> files = new LinkedHashMap<>();
        files.put("/root/kubeadm.yaml", new NodeFile(KubeadmConfiguration.of(plan, first, watchDrain), 0600));
        files.put(PKI + "/ca.crt", new NodeFile(apiAuthority.own().certificate(), 0644));
        files.put(PKI + "/ca.key", new NodeFile(apiAuthority.own().key(), 0600));
        files.put(PKI + "/etcd/ca.crt", new NodeFile(etcdAuthority.own().certificate(), 0644));
        files.put(PKI + "/etcd/ca.key", new NodeFile(etcdAuthority.own().key(), 0600));
        return files;
    }

    /** Members join one after the other, as with kubeadm; so the manifests have partial member lists, as on real nodes. */
    @Override
    public void start(List<FleetNode> nodes) {
        FleetNode first = nodes.getFirst();
        place(first, "etcd.yaml");
        Polling.until("etcd on " + first.name(), MEMBER_LIMIT, () -> etcdProblem(first));
        for (FleetNode node : nodes.subList(1, nodes.size())) {
            // As a learner, so that the members so far keep their quorum while it starts.
            awaitMember(first, node, "learner", List.of("member", "add", node.name(), "--learner"));
            place(node, "etcd.yaml");
            awaitMember(first, node, "voter", List.of("member", "promote"));
        }
        Parallel.map(nodes, node -> place(node, "*.yaml"));
    }

    /**
     * Repeats a change of membership until the member list shows it. Members refuse changes until they have been connected
     * for some seconds, and a request that timed out may have succeeded, so the list decides.
     */
    private void awaitMember(FleetNode queried, FleetNode node, String role, List<String> command) {
        String peerUrl = KubeadmConfiguration.peerUrl(node.plan());
        Polling.until(node.name() + " as a " + role, MEMBER_LIMIT, () -> {
            ExecResult list = etcdctl(queried, "member", "list");
            // Fields: ID, status, name, peer URLs, client URLs, whether it is a learner.
            Optional<String> member =
                    list.stdout().lines().filter(line -> line.contains(peerUrl)).findFirst();
            if (member.filter(line -> line.endsWith(Boolean.toString(role.equals("learner"))))
                    .isPresent()) {
                return "";
            }
            List<String> arguments = new ArrayList<>(command);
            arguments.add(
                    member.map(line -> line.substring(0, line.indexOf(','))).orElse("--peer-urls=" + peerUrl));
            ExecResult result = etcdctl(queried, arguments.toArray(String[]::new));
            return result.stdout() + result.stderr() + "not yet in the list";
        });
    }

    private static ExecResult place(FleetNode node, String pattern) {
        ExecResult placed = node.exec("mv %s/%s %s/".formatted(PARKED, pattern, MANIFESTS));
        placed.require("manifests of " + node.name());
        return placed;
    }

    @Override
    public void awaitHealthy(List<FleetNode> nodes, Duration limit) {
        Polling.until(
                "healthy etcd members, ready API servers, and a running container for every manifest",
                limit,
                () -> nodes.stream()
                        .map(StackedControlPlane::problem)
                        .filter(problem -> !problem.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    /** Asks all in one go, because starting a program on a node costs more than what it asks. */
    private static String problem(FleetNode node) {
        ExecResult asked = node.exec("""
            cd %1$s
            curl -sS --max-time 5 --fail --cacert etcd/ca.crt --cert etcd/healthcheck-client.crt \\
                --key etcd/healthcheck-client.key https://127.0.0.1:2379/health >/dev/null || { echo 'etcd'; exit 1; }
            curl -sS --max-time 5 --fail --cacert ca.crt https://%2$s:6443/readyz || { echo ' API server'; exit 1; }
            running=$(crictl ps) || exit 1
            for each in %3$s/*.yaml; do
                name=${each##*/}
                case $running in *" ${name%%.yaml} "*) ;; *) echo "no container of $name runs"; exit 1 ;; esac
            done
            """.formatted(PKI, node.address(), MANIFESTS));
        return asked.succeeded() ? "" : node.name() + ": " + asked.stdout() + asked.stderr();
    }

    private String etcdProblem(FleetNode node) {
        ExecResult health = etcdctl(node, "endpoint", "health");
        return health.succeeded() ? "" : node.name() + ": etcd: " + health.stdout() + health.stderr();
    }

    /** Runs the etcdctl of the member's container, because the node has none; in its file system, without its runtime. */
    @Override
    public ExecResult etcdctl(FleetNode node, String... arguments) {
        String quoted = ShellWords.quoted(Stream.concat(
                        Stream.of(
                                "--endpoints=https://127.0.0.1:2379",
                                "--cacert=" + PKI + "/etcd/ca.crt",
                                "--cert=" + PKI + "/etcd/healthcheck-client.crt",
                                "--key=" + PKI + "/etcd/healthcheck-client.key",
                                "--command-timeout=3s"),
                        Stream.of(arguments))
                .toList());
        return node.exec("""
            pid=$(pgrep -n -x etcd) || {
                echo 'no etcd runs' >&2
                exit 1
            }
            exec chroot "/proc/$pid/root" etcdctl %s
            """.formatted(quoted));
    }

    @Override
    public ExecResult api(FleetNode node, String method, String path, String body) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--max-time",
                "5",
                "--fail",
                "--cacert",
                PKI + "/ca.crt",
                "--request",
                method,
                "https://" + node.address() + ":6443" + path));
        if (!body.isEmpty()) {
            command.addAll(List.of("--header", "Content-Type: application/json", "--data-binary", body));
        }
        return node.exec(Duration.ofSeconds(10), ShellWords.quoted(command));
    }

    @Override
    public boolean hasApiServers() {
        return true;
    }
}
