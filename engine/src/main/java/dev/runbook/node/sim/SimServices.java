package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.node.sim.member.SimDelays;
import dev.runbook.node.sim.start.ConfiguredMember;
import dev.runbook.node.sim.start.SimUnits;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * systemd and etcd of a simulated node; for its pods see {@link SimKubelet}. A drop-in counts from the reload of unit files
 * on.
 */
public final class SimServices {
    static final String KUBELET = "kubelet.service";
    static final String ETCD = "etcd.service";
    static final String MANIFESTS = "/etc/kubernetes/manifests";
    /** What settles when a member has started. */
    static final String MEMBER = "member";
    /** What settles when a member serves its peers. */
    static final String PEERS = "peers";
    /** What settles when the API server answers /readyz. */
    static final String READY = "ready";
    /** What settles when a member that was told to stop has ended. */
    static final String STOPPED = "stopped";

    private static final SimDelays DELAYS = SimDelays.MEASURED;

    private final String host;
    private final SimTree tree;
    private final SimCluster cluster;
    final TreeMap<String, Boolean> units = new TreeMap<>();
    final TreeSet<String> containers = new TreeSet<>();
    private final SimUnits read;
    private final Map<String, Answer.Tool> tools;
    private Duration now = Duration.ZERO;
    private final SimKubelet kubelet;
    private boolean booted;
    private boolean dead;
    private Optional<String> dataFolder = Optional.empty();
    private Optional<String> walFolder = Optional.empty();

    SimServices(String host, SimSeed seed, SimTree tree, SimCluster cluster) {
        this.read = new SimUnits(seed.units());
        this.tools = seed.tools();
        this.host = host;
        this.tree = tree;
        this.cluster = cluster;
        this.kubelet = new SimKubelet(host, tree, cluster, this);
    }

    void memberOn(String data, Optional<String> wal) {
        dataFolder = Optional.of(data);
        walFolder = wal;
    }

    /** On the data that it has; on another it starts. */
    void memberCannotStart() {
        dead = true;
    }

    private boolean dies(String data) {
        var found = tree.content(data + "/member");
        boolean silent =
                found.filter(text -> text.contains(SimCluster.SILENT + "@")).isPresent();
        return SimTree.isSpoiled(found) || (dead && silent);
    }

    /** Everything that is to run runs; called once, when the node is set up. */
    void boot(Map<String, Boolean> asFound) {
        kubelet.boot();
        asFound.forEach((unit, runs) -> {
            units.put(unit, false);
            if (runs) {
                start(unit);
            }
        });
        booted = true;
    }

    /** Units, and whether each runs. */
    public Map<String, Boolean> units() {
        return Collections.unmodifiableMap(units);
    }

    /** Names of running containers of static pods. */
    public Set<String> containers() {
        return Collections.unmodifiableSet(containers);
    }

    boolean runs(String unit) {
        return units.getOrDefault(unit, false);
    }

    ActionResult apply(ServiceAction action, Consumer<Duration> passes) {
        return switch (action) {
            case ServiceAction.StartUnit start -> start(start.unit());
            case ServiceAction.StopUnit stop -> stop(stop.unit(), passes);
            case ServiceAction.RestartUnit restart -> {
                stop(restart.unit(), passes);
                start(restart.unit());
                yield SimTree.done();
            }
            case ServiceAction.ReloadUnits _ -> reload();
        };
    }

    ActionResult start(String unit) {
        if (runs(unit)) {
            return SimTree.already();
        }
        // A condition that is false is no error: systemctl start succeeds, and nothing runs.
        if (!read.isHeld(unit, path -> tree.all().containsKey(path))) {
            boolean etcd = unit.equals(ETCD);
            units.put(unit, !etcd || unitStartsEtcd());
            if (unit.equals(KUBELET)) {
                kubelet.starts();
            }
        }
        return SimTree.done();
    }

    /** systemctl waits until what it stops has ended. */
    ActionResult stop(String unit, Consumer<Duration> passes) {
        if (!runs(unit)) {
            return SimTree.already();
        }
        units.put(unit, false);
        if (unit.equals(ETCD)) {
            var takes = memberStops(Duration.ZERO, DELAYS.unitGrace());
            passes.accept(takes);
            now = now.plus(takes);
        } else if (unit.equals(KUBELET)) {
            kubelet.stops();
        }
        return SimTree.done();
    }

    private ActionResult reload() {
        read.reload(tree.all().keySet(), tree::content);
        return SimTree.done();
    }

    /** What may happen to it at any time: an operator, an upgrade or a crash restarts it, and so starts one that was stopped. */
    public void restartKubelet() {
        synchronized (cluster) {
            if (units.containsKey(KUBELET)) {
                kubelet.stops();
                units.put(KUBELET, true);
                kubelet.starts();
            }
        }
    }

    /** Where the node's own time is; what it does from then on settles later than that. */
    void at(Duration instant) {
        now = instant;
    }

    Duration now() {
        return now;
    }

    void settles(String what, Duration after) {
        if (booted) {
            cluster.time().settles(host + "/" + what, now.plus(after));
        }
    }

    /** The initial corruption check waits for each peer whose port is open and that does not serve yet. */
    private void memberSettles(Duration begins, Duration after, boolean checks) {
        var waits = begins.plus(
                checks ? DELAYS.peerHash().multipliedBy(cluster.starting(host, now.plus(begins))) : Duration.ZERO);
        settles(PEERS, DELAYS.peersServed().plus(waits));
        settles(MEMBER, after.plus(waits));
    }

    /** What the kubelet does whenever it looks at its folder. */
    void sync() {
        kubelet.sync();
    }

    SimKubelet kubelet() {
        return kubelet;
    }

    /**
     * The member is told to stop.
     *
     * @param after how much later than now
     * @param grace how long it lives at most
     * @return how long it takes, from now
     */
    Duration memberStops(Duration after, Duration grace) {
        var takes = after.plus(cluster.memberStops(host, now.plus(after), grace));
        settles(STOPPED, takes);
        return takes;
    }

    /** What {@code systemctl show} prints of a unit, but for whether it runs. */
    Optional<Map<String, String>> properties(String unit) {
        return read.properties(unit);
    }

    /** Whether the unit's etcd lives on: one that does not like its configuration or its data ends at once. */
    private boolean unitStartsEtcd() {
        return switch (ofUnit()) {
            case ConfiguredMember.Starts starts -> {
                boolean dies = dies(starts.data());
                if (!dies) {
                    memberSettles(Duration.ZERO, DELAYS.unitStarts(), starts.checks());
                    etcdStarts(starts);
                }
                yield !dies;
            }
            case ConfiguredMember.Ends ends -> {
                refused(ends);
                yield false;
            }
        };
    }

    private ConfiguredMember ofUnit() {
        var properties = read.properties(ETCD).orElse(Map.of());
        return properties.containsKey("ExecStart")
                ? ConfiguredMember.ofUnit(properties, tree::content, tools)
                : new ConfiguredMember.Starts(dataFolder.orElseThrow(), walFolder, false);
    }

    /**
     * The kubelet starts a container that ends again and again: it runs for moments, and its member never.
     *
     * @param after how much later than now
     */
    void podStartsEtcd(Duration after) {
        switch (ofPod()) {
            case ConfiguredMember.Starts starts -> {
                memberSettles(after, DELAYS.podHealthy(), starts.checks());
                etcdStarts(starts);
            }
            case ConfiguredMember.Ends ends -> {
                refused(ends);
                containers.remove("etcd");
            }
        }
    }

    boolean podDies() {
        return dead && ofPod() instanceof ConfiguredMember.Starts starts && dies(starts.data());
    }

    private ConfiguredMember ofPod() {
        return ConfiguredMember.ofPod(tree.content(MANIFESTS + "/etcd.yaml").orElse(""), host);
    }

    /** As it was found, a node may well be broken; what a run wrote must let etcd start. */
    private void refused(ConfiguredMember.Ends ends) {
        if (booted) {
            cluster.violation(host + " starts an etcd that ends at once: " + ends.why());
        }
    }

    private void etcdStarts(ConfiguredMember.Starts starts) {
        var data = starts.data();
        var found = tree.content(data + "/member").filter(text -> text.contains("@"));
        if (found.isEmpty()) {
            cluster.violation(host + " starts an empty member of its own on " + data);
        }
        starts.wal().ifPresent(wal -> {
            if (!tree.content(wal).equals(found)) {
                cluster.violation(host + " starts with the data of one member and the WAL of another");
            }
        });
        cluster.memberStarts(
                host, SimCluster.Running.of(found.orElse(SimTree.FOLDER + ":empty-" + host + "@empty-" + host)));
    }

    boolean etcdRuns() {
        return cluster.members().containsKey(host);
    }

    /** A file of a running member is moved or written below it. */
    boolean disturbs(String path) {
        return etcdRuns()
                && java.util.stream.Stream.concat(dataFolder.stream(), walFolder.stream())
                        .anyMatch(folder -> path.equals(folder)
                                || path.equals(folder + "/member")
                                || folder.startsWith(path + "/"));
    }
}
