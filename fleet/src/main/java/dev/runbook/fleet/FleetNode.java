package dev.runbook.fleet;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerNetwork.Ipam;
import java.time.Duration;
import java.util.List;

/** One node of a fleet. */
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

    /** The address for the other nodes; on Linux the machine that runs the fleet reaches it too. */
    public String address() {
        return plan.address();
    }

    /** The port of sshd on 127.0.0.1; the same after {@link #kill} and {@link #start}. */
    public int sshPort() {
        return plan.sshPort();
    }

    public String containerId() {
        return containerId;
    }

    NodePlan plan() {
        return plan;
    }

    /** Runs a line of sh as root through the container engine, so that a test needs no working sshd. */
    public ExecResult exec(String sh) {
        return exec(EXEC_LIMIT, "sh", "-c", sh);
    }

    /** Runs a program as root with a time limit. */
    public ExecResult exec(Duration limit, String... command) {
        return Docker.exec(containerId, limit, command);
    }

    /** Cuts the power: every process dies at once, files remain, memory-backed folders (/run, /tmp) are lost. */
    public void kill() {
        Docker.client().killContainerCmd(containerId).exec();
    }

    /** Restores the power and waits for sshd. */
    public void start() {
        Docker.client().startContainerCmd(containerId).exec();
        awaitSsh(Duration.ofSeconds(30));
    }

    /** Pulls the network cable: neither the other nodes nor SSH reach the node. */
    public void disconnect() {
        Docker.client()
                .disconnectFromNetworkCmd()
                .withContainerId(containerId)
                .withNetworkId(network.id())
                .exec();
    }

    /** Plugs the network cable in again, with the address that the node had. */
    public void connect() {
        Docker.client()
                .connectToNetworkCmd()
                .withContainerId(containerId)
                .withNetworkId(network.id())
                .withContainerNetwork(new ContainerNetwork().withIpamConfig(new Ipam().withIpv4Address(plan.address())))
                .exec();
        awaitSsh(Duration.ofSeconds(10));
    }

    /** Drops packets to the given nodes, while SSH still works: a partition between members only. */
    public void partitionFrom(List<FleetNode> others) {
        others.forEach(
                other -> exec("ip route replace blackhole " + other.address()).require("partition " + name()));
    }

    /** Ends {@link #partitionFrom}. */
    public void heal() {
        exec("ip route flush type blackhole").require("heal " + name());
    }

    void awaitSsh(Duration limit) {
        Polling.until("sshd of " + name(), limit, () -> SshPorts.sshProblem(sshPort()));
    }

    @Override
    public String toString() {
        return "%s (%s, ssh 127.0.0.1:%d)".formatted(name(), address(), sshPort());
    }
}
