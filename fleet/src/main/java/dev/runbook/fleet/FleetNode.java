package dev.runbook.fleet;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerNetwork.Ipam;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** One node of a fleet. */
public final class FleetNode {
    private static final Duration EXEC_LIMIT = Duration.ofMinutes(1);

    private final NodePlan plan;
    private final FleetNetwork network;
    private final String containerId;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<NodeShell> shell = Optional.empty();

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
        return exec(EXEC_LIMIT, sh);
    }

    /**
     * Runs a line of sh as root with a time limit.
     *
     * @throws FleetException when it does not end in time, or the node loses its power meanwhile
     */
    public ExecResult exec(Duration limit, String sh) {
        lock.lock();
        try {
            return shell.flatMap(open -> run(open, limit, sh))
                    .or(() -> run(newShell(), limit, sh))
                    .orElseThrow(() -> new FleetException(name() + " has no shell for: " + sh));
        } finally {
            lock.unlock();
        }
    }

    private NodeShell newShell() {
        forgetShell();
        try {
            var opened = new NodeShell(containerId);
            shell = Optional.of(opened);
            return opened;
        } catch (IOException e) {
            throw new FleetException("no shell on " + name(), e);
        }
    }

    private Optional<ExecResult> run(NodeShell open, Duration limit, String sh) {
        try {
            return open.run(limit, sh);
        } catch (FleetException noResult) {
            forgetShell();
            throw noResult;
        } catch (InterruptedException interrupted) {
            forgetShell();
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted while this ran: " + sh, interrupted);
        }
    }

    /** What it still runs is left to itself. */
    private void forgetShell() {
        lock.lock();
        try {
            shell.ifPresent(NodeShell::close);
            shell = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void pause() {
        Docker.client().pauseContainerCmd(containerId).exec();
    }

    void resume() {
        Docker.client().unpauseContainerCmd(containerId).exec();
    }

    /** Cuts the power: every process dies at once, files remain, memory-backed folders (/run, /tmp) are lost. */
    public void kill() {
        forgetShell();
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
