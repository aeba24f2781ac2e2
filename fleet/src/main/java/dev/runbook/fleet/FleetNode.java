package dev.runbook.fleet;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerNetwork.Ipam;
import java.time.Duration;
import java.util.List;

/** One machine of a fleet. */
public final class FleetNode {
    private static final Duration EXEC_LIMIT = Duration.ofMinutes(1);

    private final NodePlan plan;
    private final FleetNetwork network;
    private final String containerId;

    FleetNode(NodePlan plan, FleetNetwork network, String containerId) {
        this.plan = plan;
        this.network = network;
        this.containerId = containerId;
    }

    public String name() {
        return plan.name();
    }

    /** The address that the other nodes know; the machine that runs the fleet reaches it too on Linux. */
    public String address() {
        return plan.address();
    }

    /** Where sshd answers on 127.0.0.1; stays the same over {@link #kill} and {@link #start}. */
    public int sshPort() {
        return plan.sshPort();
    }

    public String containerId() {
        return containerId;
    }

    NodePlan plan() {
        return plan;
    }

    /** Runs a line of sh as root, beside SSH, so that a test can look at a node whatever state its sshd is in. */
    public ExecResult exec(String sh) {
        return exec(EXEC_LIMIT, "sh", "-c", sh);
    }

    /** Runs a program as root with a limit of one's own. */
    public ExecResult exec(Duration limit, String... command) {
        return Docker.exec(containerId, limit, command);
    }

    /** Cuts the power: every process dies at once, files stay, memory-backed folders (/run, /tmp) are lost. */
    public void kill() {
        Docker.client().killContainerCmd(containerId).exec();
    }

    /** Puts the power back and waits for sshd. */
    public void start() {
        Docker.client().startContainerCmd(containerId).exec();
        awaitSsh(Duration.ofSeconds(30));
    }

    /** Pulls the network cable: neither the other nodes nor SSH get through. */
    public void disconnect() {
        Docker.client()
                .disconnectFromNetworkCmd()
                .withContainerId(containerId)
                .withNetworkId(network.id())
                .exec();
    }

    /** Puts the network cable back, with the address that the node had. */
    public void connect() {
        Docker.client()
                .connectToNetworkCmd()
                .withContainerId(containerId)
                .withNetworkId(network.id())
                .withContainerNetwork(new ContainerNetwork().withIpamConfig(new Ipam().withIpv4Address(plan.address())))
                .exec();
        awaitSsh(Duration.ofSeconds(10));
    }

    /** Drops what goes to the given nodes, while SSH still works: a partition between members only. */
    public void partitionFrom(List<FleetNode> others) {
        others.forEach(
                other -> exec("ip route replace blackhole " + other.address()).require("partition " + name()));
    }

    /** Ends {@link #partitionFrom}. */
    public void heal() {
        exec("ip route flush type blackhole").require("heal " + name());
    }

    void awaitSsh(Duration limit) {
        Waiting.until("sshd of " + name(), limit, () -> Ports.sshProblem(sshPort()));
    }

    @Override
    public String toString() {
        return "%s (%s, ssh 127.0.0.1:%d)".formatted(name(), address(), sshPort());
    }
}
