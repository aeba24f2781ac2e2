package dev.runbook.cli.inventory;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.load.inventory.Host;
import dev.runbook.model.Connection;
import dev.runbook.node.NodeSet;
import dev.runbook.node.sim.SimBlueprint;
import dev.runbook.node.sim.SimFleet;
import dev.runbook.node.sim.SimHost;
import dev.runbook.node.sim.SimNode;
import dev.runbook.node.sim.SimSnapshots;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Simulated nodes in place of the inventory's hosts, set up by the groups of these hosts. */
public final class SimulatedNodes {
    private static final String MEMBERS = "etcd";
    private static final String CONTROL_PLANE = "kube_control_plane";
    private static final String VERSION = "etcd_version";

    private SimulatedNodes() {}

    /** Whether to simulate the hosts: all by an option, or all by their inventory. */
    static boolean wanted(List<Host> hosts, ConnectionOptions options) throws UsageError {
        var simulated = hosts.stream().filter(SimulatedNodes::simulated).toList();
        if (!options.simulate() && !simulated.isEmpty() && simulated.size() < hosts.size()) {
            throw new UsageError(names(simulated.stream()) + " are simulated and "
                    + names(hosts.stream().filter(host -> !simulated(host)))
                    + " are not: a run is either on real hosts or on simulated nodes; try --simulate to simulate all");
        }
        return options.simulate() || !simulated.isEmpty();
    }

    private static boolean simulated(Host host) {
        return host.connection() instanceof Connection.Simulated;
    }

    private static String names(Stream<Host> hosts) {
        return String.join(", ", hosts.map(Host::name).toList());
    }

    /** A cluster from recorded facts if an option gives them, else a healthy cluster with default settings. */
    public static SimFleet fleet(List<Host> hosts, ConnectionOptions options) throws UsageError {
        return options.facts().isPresent() ? recorded(options.facts().get(), hosts) : fleet(hosts);
    }

    private static SimFleet recorded(Path file, List<Host> hosts) throws UsageError {
        var facts = RecordedFacts.read(file);
        var missing = hosts.stream()
                .map(Host::name)
                .filter(name -> !facts.hosts().containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new UsageError(file + " has no facts of " + String.join(", ", missing) + ", only of "
                    + String.join(", ", facts.hosts().keySet())
                    + ": record them with `runbook facts -i INVENTORY -o " + file + "`");
        }
        var wanted = new LinkedHashMap<String, HostFacts>();
        hosts.forEach(host -> wanted.put(host.name(), facts.of(host.name())));
        try {
            return SimFleet.of(new ClusterFacts(wanted, facts.groups()), SimSnapshots.written());
        } catch (IllegalArgumentException e) {
            throw new UsageError(file + " cannot be simulated: " + e.getMessage());
        }
    }

    /**
     * A healthy cluster of these hosts. A member has the address of {@code ip}, as kubespray writes it, else that of
     * {@code ansible_host}; {@code etcd_version} is the version that runs.
     */
    public static SimFleet fleet(List<Host> hosts) throws UsageError {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (var host : hosts) {
            var other = Optional.ofNullable(addresses.put(address(host), host.name()));
            if (other.isPresent()) {
                throw new UsageError(other.get() + " and " + host.name() + " have the same address, " + address(host)
                        + "; try an `ip` of its own for each to simulate them");
            }
        }
        try {
            return new SimBlueprint(
                            hosts.stream()
                                    .map(host -> new SimHost(
                                            host.name(),
                                            address(host),
                                            host.groups().contains(MEMBERS),
                                            host.groups().contains(CONTROL_PLANE)))
                                    .toList(),
                            version(hosts))
                    .build(Clock.systemUTC().instant());
        } catch (IllegalArgumentException e) {
            throw new UsageError("these hosts cannot be simulated: " + e.getMessage());
        }
    }

    private static String address(Host host) {
        return host.text("ip").or(() -> host.text("ansible_host")).orElse(host.name());
    }

    private static String version(List<Host> hosts) throws UsageError {
        var versions = hosts.stream()
                .flatMap(host -> host.text(VERSION).stream())
                .map(text -> text.startsWith("v") ? text.substring(1) : text)
                .distinct()
                .toList();
        if (versions.size() > 1) {
            throw new UsageError(VERSION + " differs among hosts: " + String.join(", ", versions));
        }
        return versions.isEmpty() ? SimBlueprint.USUAL_VERSION : versions.getFirst();
    }

    private static Stream<SimNode> simulated(NodeSet fleet) {
        return fleet.nodes().values().stream().filter(SimNode.class::isInstance).map(SimNode.class::cast);
    }

    public static boolean of(NodeSet fleet) {
        return simulated(fleet).findFirst().isPresent();
    }

    /** The clock of simulated nodes, so that all durations of a simulated run are virtual. */
    public static Clock clock(NodeSet fleet, Clock otherwise) {
        return simulated(fleet)
                .findFirst()
                .map(node -> (Clock) node.cluster().time())
                .orElse(otherwise);
    }

    /** Announces simulated nodes first, so that the operator does not take the run for a real one. */
    public static void announce(NodeSet fleet, Terminal terminal) {
        if (of(fleet)) {
            terminal.note("SIMULATED: " + String.join(", ", fleet.nodes().keySet())
                    + " are simulated nodes; no host is connected to. Times are virtual.");
        }
    }

    /** Reports what the simulation assumed. */
    public static void conclude(NodeSet fleet, Terminal terminal) {
        simulated(fleet).forEach(node -> node.assumed().forEach(line -> terminal.note(node.name() + ": " + line)));
        if (of(fleet)) {
            terminal.note("SIMULATED: no host was connected to.");
        }
    }
}
