package dev.runbook.fleet;

import dev.runbook.fleet.NodePlan.NodeFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** External etcd under systemd, as Debian packages it: {@code etcd.service} with its flags in {@code /etc/default/etcd}. */
record ExternalEtcd(DebianSuite suite, CertificateAuthority etcdAuthority) implements ControlPlaneLayout {
    private static final String PKI = "/etc/etcd/pki";

    @Override
    public String image(Consumer<String> progress) {
        return FleetImages.ensureExternal(suite, progress);
    }

    @Override
    public NodeContainer.Privileges privileges() {
        return NodeContainer.Privileges.SYSTEMD;
    }

    @Override
    public List<NodePlan> prepare(List<NodePlan> plans, String fleetId) {
        String cluster = plans.stream()
                .map(plan -> "%s=https://%s:2380".formatted(plan.name(), plan.address()))
                .collect(Collectors.joining(","));
        return plans.stream()
                .map(plan -> plan.with(files(plan, cluster, "etcd-" + fleetId), """
                    chown -R etcd:etcd /etc/etcd
                    systemctl enable -q etcd.service
                    """))
                .toList();
    }

    private Map<String, NodeFile> files(NodePlan plan, String cluster, String token) {
        List<String> addresses = List.of(plan.address(), "127.0.0.1");
        Map<String, NodeFile> files = new LinkedHashMap<>();
        files.put("/etc/default/etcd", new NodeFile(environment(plan, cluster, token), 0644));
        files.put(PKI + "/ca.crt", new NodeFile(etcdAuthority.own().certificate(), 0644));
        for (String role : List.of("server", "peer")) {
            add(files, role, etcdAuthority.issue("CN=" + plan.name(), List.of(plan.name(), "localhost"), addresses));
        }
        add(files, "healthcheck-client", etcdAuthority.issue("CN=healthcheck-client", List.of(), List.of()));
        return files;
    }

    private static void add(Map<String, NodeFile> files, String role, CertificateAuthority.Issued issued) {
        files.put(PKI + "/" + role + ".crt", new NodeFile(issued.certificate(), 0644));
        files.put(PKI + "/" + role + ".key", new NodeFile(issued.key(), 0600));
    }

    private static String environment(NodePlan plan, String cluster, String token) {
        return """
            ETCD_NAME=%1$s
            ETCD_DATA_DIR=/var/lib/etcd/default
            ETCD_LISTEN_PEER_URLS=https://%2$s:2380
            ETCD_LISTEN_CLIENT_URLS=https://127.0.0.1:2379,https://%2$s:2379
            ETCD_INITIAL_ADVERTISE_PEER_URLS=https://%2$s:2380
            ETCD_ADVERTISE_CLIENT_URLS=https://%2$s:2379
            ETCD_INITIAL_CLUSTER=%3$s
            ETCD_INITIAL_CLUSTER_STATE=new
            ETCD_INITIAL_CLUSTER_TOKEN=%4$s
            ETCD_CERT_FILE=%5$s/server.crt
            ETCD_KEY_FILE=%5$s/server.key
            ETCD_TRUSTED_CA_FILE=%5$s/ca.crt
            ETCD_CLIENT_CERT_AUTH=true
            ETCD_PEER_CERT_FILE=%5$s/peer.crt
            ETCD_PEER_KEY_FILE=%5$s/peer.key
            ETCD_PEER_TRUSTED_CA_FILE=%5$s/ca.crt
            ETCD_PEER_CLIENT_CERT_AUTH=true
            """.formatted(plan.name(), plan.address(), cluster, token, PKI);
    }

    @Override
    public void start(List<FleetNode> nodes) {
        // systemd starts etcd.service at boot.
    }

    @Override
    public void awaitHealthy(List<FleetNode> nodes, Duration limit) {
        Polling.until(
                "healthy etcd members",
                limit,
                () -> nodes.stream()
                        .map(this::problem)
                        .filter(problem -> !problem.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    private String problem(FleetNode node) {
        ExecResult health = etcdctl(node, "endpoint", "health");
        return health.succeeded() ? "" : node.name() + ": " + health.stdout() + health.stderr();
    }

    @Override
    public ExecResult etcdctl(FleetNode node, String... arguments) {
        String command = ShellWords.quoted(Stream.concat(
                        Stream.of(
                                "env",
                                "ETCDCTL_API=3",
                                "etcdctl",
                                "--endpoints=https://127.0.0.1:2379",
                                "--cacert=" + PKI + "/ca.crt",
                                "--cert=" + PKI + "/healthcheck-client.crt",
                                "--key=" + PKI + "/healthcheck-client.key",
                                "--command-timeout=3s"),
                        Stream.of(arguments))
                .toList());
        return node.exec(Duration.ofSeconds(30), command);
    }

    @Override
    public ExecResult api(FleetNode node, String method, String path, String body) {
        throw new FleetException("a fleet of external etcd members has no API server");
    }

    @Override
    public boolean hasApiServers() {
        return false;
    }

    @Override
    public CertificateAuthority apiAuthority() {
        return etcdAuthority;
    }
}
