package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.node.sim.start.ConfiguredMember;
import dev.runbook.node.sim.start.SimUnits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * systemd, the kubelet, the container runtime and etcd of a simulated node. Pods follow their manifests only while the
 * kubelet runs, containers outlive it, and a drop-in counts from the reload of unit files on. A kubelet starts pods at once,
 * and removes none before the API server that it asks has answered since its start.
 */
public final class SimServices {
    private static final String API_SERVER = "kube-apiserver";
    private static final List<String> PODS = List.of("etcd", API_SERVER, "kube-controller-manager", "kube-scheduler");
    static final String KUBELET = "kubelet.service";
    static final String ETCD = "etcd.service";
    static final String MANIFESTS = "/etc/kubernetes/manifests";
    /** What settles when a member has started. */
    static final String MEMBER = "member";
    /** What settles when a member serves its peers. */
    static final String PEERS = "peers";

    private static final SimDelays DELAYS = SimDelays.MEASURED;

    private final String host;
    private final SimTree tree;
    private final SimCluster cluster;
    final TreeMap<String, Boolean> units = new TreeMap<>();
    final TreeSet<String> containers = new TreeSet<>();
    private final SimUnits read;
    private final Map<String, Answer.Tool> tools;
    private Duration now = Duration.ZERO;
    private boolean booted;
    /** Whether the kubelet asks an API server on this node; else any that the cluster has. */
    private boolean asksOwnApiServer;
    /** Whether an API server has answered the kubelet since its start. */
    private boolean sourcesReady;

    private boolean dead;
    private Optional<String> dataFolder = Optional.empty();
    private Optional<String> walFolder = Optional.empty();

    SimServices(String host, SimSeed seed, SimTree tree, SimCluster cluster) {
        this.read = new SimUnits(seed.units());
        this.tools = seed.tools();
        this.host = host;
        this.tree = tree;
        this.cluster = cluster;
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
        asksOwnApiServer = tree.there(MANIFESTS + "/" + API_SERVER + ".yaml");
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

    ActionResult apply(ServiceAction action) {
        return switch (action) {
            case ServiceAction.StartUnit start -> start(start.unit());
            case ServiceAction.StopUnit stop -> stop(stop.unit());
            case ServiceAction.RestartUnit restart -> restart(restart.unit());
            case ServiceAction.ReloadUnits _ -> reload();
        };
    }

    private ActionResult start(String unit) {
        if (runs(unit)) {
            return SimTree.already();
        }
        // A condition that is false is no error: systemctl start succeeds, and nothing runs.
        if (!read.isHeld(unit)) {
            boolean etcd = unit.equals(ETCD);
            units.put(unit, !etcd || unitStartsEtcd());
            sync();
        }
        return SimTree.done();
    }

    private ActionResult stop(String unit) {
        if (!runs(unit)) {
            return SimTree.already();
        }
        units.put(unit, false);
        if (unit.equals(ETCD)) {
            cluster.memberStops(host);
        } else if (unit.equals(KUBELET)) {
            sourcesReady = false;
        }
        return SimTree.done();
    }

    private ActionResult restart(String unit) {
        stop(unit);
        start(unit);
        return SimTree.done();
    }

    private ActionResult reload() {
        read.reload(tree.all().keySet(), tree::content);
        return SimTree.done();
    }

    ActionResult stopContainer(String name) {
        if (!containers.contains(name)) {
            return SimTree.already();
        }
        settles(name, DELAYS.containerStops());
        containerStops(name);
        return SimTree.done();
    }

    /**
     * What the kubelet has not ended once its patience is over, the runtime does.
     *
     * @param half the kubelet is stopped, and nothing else happens
     */
    ActionResult end(ContainerAction.EndContainers action, boolean half, Consumer<Duration> passes) {
        sync();
        var alive = action.containers().stream()
                .filter(each -> containers.contains(each.container()))
                .toList();
        if (alive.isEmpty()) {
            var left = action.containers().stream()
                    .map(each -> cluster.time().settled(host + "/" + each.container()))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO)
                    .minus(now);
            if (left.isPositive()) {
                passes.accept(left);
            }
            return start(action.kubelet()) instanceof ActionResult.AlreadyDone && !left.isPositive()
                    ? SimTree.already()
                    : SimTree.done();
        }
        var patience = alive.stream()
                .map(ContainerAction.EndContainers.Patience::patience)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        at(now.plus(patience));
        passes.accept(patience.plus(DELAYS.containerStops()));
        stop(action.kubelet());
        if (!half) {
            alive.forEach(each -> stopContainer(each.container()));
            start(action.kubelet());
        }
        return SimTree.done();
    }

    /** What may happen to it at any time: an operator, an upgrade or a crash restarts it. */
    public void restartKubelet() {
        synchronized (cluster) {
            if (runs(KUBELET)) {
                restart(KUBELET);
            }
        }
    }

    /** Where the node's own time is; what it does from then on settles later than that. */
    void at(Duration instant) {
        now = instant;
    }

    private void settles(String what, Duration after) {
        if (booted) {
            cluster.time().settles(host + "/" + what, now.plus(after));
        }
    }

    /** The initial corruption check waits for each peer whose port is open and that does not serve yet. */
    private void memberSettles(Duration after, boolean checks) {
        var waits = checks ? DELAYS.peerHash().multipliedBy(cluster.starting(host, now)) : Duration.ZERO;
        settles(PEERS, DELAYS.peersServed().plus(waits));
        settles(MEMBER, after.plus(waits));
    }

    /** What the kubelet does whenever it looks at its folder. */
    void sync() {
        if (!runs(KUBELET)) {
            return;
        }
        sourcesReady |=
                asksOwnApiServer ? containers.contains(API_SERVER) && cluster.serves(host) : cluster.apiServerAnswers();
        for (var pod : PODS) {
            boolean wanted = tree.there(MANIFESTS + "/" + pod + ".yaml") && !(pod.equals("etcd") && dead && podDies());
            if (wanted && containers.add(pod)) {
                settles(pod, DELAYS.podHealthy());
                if (pod.equals("etcd")) {
                    podStartsEtcd();
                } else if (pod.equals(API_SERVER)) {
                    cluster.apiServerStarts(host);
                }
            } else if (!wanted && sourcesReady && containers.contains(pod)) {
                settles(pod, pod.equals("etcd") ? DELAYS.memberStops() : DELAYS.podStops());
                containerStops(pod);
            }
        }
    }

    private void containerStops(String pod) {
        containers.remove(pod);
        if (pod.equals("etcd")) {
            cluster.memberStops(host);
        } else if (pod.equals(API_SERVER)) {
            cluster.apiServerStops(host);
        }
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
                    memberSettles(DELAYS.unitStarts(), starts.checks());
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

    /** The kubelet starts such a container again and again: it runs for moments, and its member never. */
    private void podStartsEtcd() {
        switch (ofPod()) {
            case ConfiguredMember.Starts starts -> {
                memberSettles(DELAYS.podHealthy(), starts.checks());
                etcdStarts(starts);
            }
            case ConfiguredMember.Ends ends -> {
                refused(ends);
                containers.remove("etcd");
            }
        }
    }

    private boolean podDies() {
        return ofPod() instanceof ConfiguredMember.Starts starts && dies(starts.data());
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
