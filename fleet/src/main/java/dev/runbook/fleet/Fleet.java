package dev.runbook.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A running control plane of several nodes; closing it removes all its containers, networks and files. */
public final class Fleet implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration SHORT_DRAIN = Duration.ofSeconds(3);
    private static final Duration ELECTION_LIMIT = Duration.ofSeconds(20);

    private final String id;
    private final ControlPlaneLayout controlPlane;
    private final FleetDirectory directory;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::removeAtExit, "fleet-close");
    private List<FleetNode> nodes = List.of();

    private Fleet(String id, ControlPlaneLayout controlPlane) {
        this.id = id;
        this.controlPlane = controlPlane;
        this.directory = FleetDirectory.create();
    }

    /** Whether a container engine answers; a fleet needs one. */
    public static boolean engineAnswers() {
        return Docker.answers();
    }

    /** Starts members that run under systemd; there are no API servers. */
    public static Fleet external(DebianSuite suite, int members) {
        return external(suite, members, line -> {});
    }

    public static Fleet external(DebianSuite suite, int members, Consumer<String> progress) {
        return start(new ExternalEtcd(suite, new CertificateAuthority("etcd-ca")), "etcd", members, progress);
    }

    /** Starts nodes where a kubelet runs etcd, API server, controller manager and scheduler as static pods. */
    public static Fleet stacked(int members) {
        return stacked(members, line -> {});
    }

    /** Its API servers end 3 s after SIGTERM; real ones, whose watches never end, take 30 s. */
    public static Fleet stacked(int members, Consumer<String> progress) {
        return stacked(members, progress, Optional.of(SHORT_DRAIN));
    }

    /** The same with API servers that live on after SIGTERM until they are killed, as real ones. */
    public static Fleet stackedUntilKilled(int members) {
        return stacked(members, line -> {}, Optional.empty());
    }

    private static Fleet stacked(int members, Consumer<String> progress, Optional<Duration> watchDrain) {
        var controlPlane = new StackedControlPlane(
                new CertificateAuthority("etcd-ca"), new CertificateAuthority("kubernetes"), watchDrain);
        return start(controlPlane, "cp", members, progress);
    }

    private static Fleet start(
            ControlPlaneLayout controlPlane, String namePrefix, int members, Consumer<String> progress) {
        if (members < 1 || members > 9) {
            throw new IllegalArgumentException("a fleet has 1 to 9 members, not " + members);
        }
        String image = controlPlane.image(progress);
        Ownership.removeOrphans();
        Fleet fleet =
                new Fleet(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()), controlPlane);
        Runtime.getRuntime().addShutdownHook(fleet.hook);
        try {
            fleet.boot(image, namePrefix, members);
            return fleet;
        } catch (RuntimeException failed) {
            try {
                fleet.close();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private void boot(String image, String namePrefix, int members) {
        Map<String, String> labels = Ownership.labels(id);
        FleetNetwork network = FleetNetwork.create("runbook-" + id, labels);
        List<NodePlan> plans = controlPlane.prepare(directory.planNodes(namePrefix, members, network), id);
        nodes = Parallel.map(plans, plan -> {
            NodeContainer container = new NodeContainer(image, plan, network, labels, controlPlane.privileges());
            container.start();
            FleetNode node = new FleetNode(plan, network, container.getContainerId());
            node.awaitSsh(START_LIMIT);
            return node;
        });
        directory.write(nodes, controlPlane);
        controlPlane.start(nodes);
        awaitHealthy(START_LIMIT);
    }

    /** A folder with inventories, known_hosts, the SSH key and client certificates; removed with the fleet. */
    public Path directory() {
        return directory.path();
    }

    /** The inventory for the login as root. */
    public Path inventory() {
        return inventory(Login.ROOT);
    }

    public Path inventory(Login login) {
        return directory.path().resolve(login.inventoryFile());
    }

    /** The sudo password of the user {@code sre}. */
    public String sudoPassword() {
        return directory.sudoPassword();
    }

    public List<FleetNode> nodes() {
        return nodes;
    }

    public FleetNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FleetException("the fleet has no node " + name));
    }

    /** Waits until every member is healthy, and every API server where there are any. */
    public void awaitHealthy(Duration limit) {
        controlPlane.awaitHealthy(nodes, limit);
    }

    /** Stops the processor time of all nodes, which is much even when nothing happens. */
    public void pause() {
        nodes.forEach(FleetNode::pause);
    }

    /** Ends {@link #pause}, and waits until the members have a leader again. */
    public void resume() {
        nodes.forEach(FleetNode::resume);
        awaitHealthy(START_LIMIT);
    }

    /** Runs etcdctl with certificates against the node's own member. */
    public ExecResult etcdctl(FleetNode node, String... arguments) {
        return controlPlane.etcdctl(node, arguments);
    }

    /** Writes a key; retries while the members elect a leader, which takes seconds after the loss of one. */
    public void put(String key, String value) {
        Polling.until("put " + key, ELECTION_LIMIT, () -> {
            ExecResult put = etcdctl(nodes.getFirst(), "put", "--", key, value);
            return put.succeeded() ? "" : put.stderr();
        });
    }

    public Optional<String> get(String key) {
        return get(nodes.getFirst(), key);
    }

    /** Reads a key through one node's member; empty when the key does not exist. */
    public Optional<String> get(FleetNode node, String key) {
        String output = etcdctl(node, "get", "--", key).require("get " + key);
        if (output.isEmpty()) {
            return Optional.empty();
        }
        // etcdctl prints the key, a line end, the value and a line end.
        return Optional.of(output.substring(key.length() + 1, output.length() - 1));
    }

    /**
     * Sends a request to a node's own API server; stacked fleets only. It serves {@code /livez}, {@code /readyz} and
     * {@code /api/v1/namespaces/NAMESPACE/configmaps[/NAME]}; a status of 400 or higher is a failure.
     */
    public ExecResult api(FleetNode node, String method, String path, String body) {
        return controlPlane.api(node, method, path, body);
    }

    @Override
    public void close() {
        if (remove()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // The hook runs already, or will run and find the fleet closed.
                return;
            }
        }
    }

    /** Waits for Testcontainers' own hook, because it logs errors for containers that another hook removed. */
    private void removeAtExit() {
        try {
            if (!closed.get()) {
                Ownership.awaitRemoval(id);
            }
        } finally {
            remove();
        }
    }

    private boolean remove() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        try {
            Ownership.removeFleet(id);
        } finally {
            directory.delete();
        }
        return true;
    }
}
