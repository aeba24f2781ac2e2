package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.action.ServiceAction;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * systemd, the kubelet, the container runtime and etcd of a simulated node. Pods follow their manifests only while the
 * kubelet runs, containers outlive it, and a drop-in counts from the reload of unit files on.
 */
public final class SimServices {
    private static final List<String> PODS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");
    private static final Pattern HOST_PATH =
            Pattern.compile("path: (\\S+)\\s+type: DirectoryOrCreate\\s+name: etcd-data");
    private static final Pattern DATA_DIR = Pattern.compile("ETCD_DATA_DIR=(\\S+)");
    static final String KUBELET = "kubelet.service";
    static final String ETCD = "etcd.service";
    static final String MANIFESTS = "/etc/kubernetes/manifests";
    /** What settles when a member has started. */
    static final String MEMBER = "member";

    private static final SimDelays DELAYS = SimDelays.MEASURED;

    private final String host;
    private final SimTree tree;
    private final SimCluster cluster;
    final TreeMap<String, Boolean> units = new TreeMap<>();
    final TreeSet<String> containers = new TreeSet<>();
    private final TreeSet<String> held = new TreeSet<>();
    private Duration now = Duration.ZERO;
    private boolean booted;
    private boolean dead;
    private Optional<String> dataFolder = Optional.empty();
    private Optional<String> walFolder = Optional.empty();

    SimServices(String host, SimTree tree, SimCluster cluster) {
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

    private boolean dies() {
        var found = tree.content(configuredData() + "/member");
        boolean silent =
                found.filter(text -> text.contains(SimCluster.SILENT + "@")).isPresent();
        return SimTree.isSpoiled(found) || dead && silent;
    }

    /** Everything that is to run runs; called once, when the node is set up. */
    void boot(Map<String, Boolean> asFound) {
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
        if (!held.contains(unit)) {
            boolean dies = unit.equals(ETCD) && dies();
            units.put(unit, !dies);
            if (unit.equals(ETCD) && !dies) {
                settles(MEMBER, DELAYS.unitStarts());
                etcdStarts();
            }
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
        }
        return SimTree.done();
    }

    private ActionResult restart(String unit) {
        stop(unit);
        start(unit);
        return SimTree.done();
    }

    private ActionResult reload() {
        held.clear();
        units.keySet().stream()
                .filter(unit -> tree.there("/etc/systemd/system/" + unit + ".d/90-runbook-hold.conf"))
                .forEach(held::add);
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

    /** Where the node's own time is; what it does from then on settles later than that. */
    void at(Duration instant) {
        now = instant;
    }

    private void settles(String what, Duration after) {
        if (booted) {
            cluster.time().settles(host + "/" + what, now.plus(after));
        }
    }

    /** What the kubelet does whenever it looks at its folder. */
    void sync() {
        if (!runs(KUBELET)) {
            return;
        }
        for (var pod : PODS) {
            boolean wanted = tree.there(MANIFESTS + "/" + pod + ".yaml") && !(pod.equals("etcd") && dead && dies());
            if (wanted && containers.add(pod)) {
                settles(pod, DELAYS.podHealthy());
                settles(pod.equals("etcd") ? MEMBER : pod, DELAYS.podHealthy());
                if (pod.equals("etcd")) {
                    etcdStarts();
                } else if (pod.equals("kube-apiserver")) {
                    cluster.apiServerStarts(host);
                }
            } else if (!wanted && containers.contains(pod)) {
                settles(pod, pod.equals("etcd") ? DELAYS.memberStops() : DELAYS.podStops());
                containerStops(pod);
            }
        }
    }

    private void containerStops(String pod) {
        containers.remove(pod);
        if (pod.equals("etcd")) {
            cluster.memberStops(host);
        } else if (pod.equals("kube-apiserver")) {
            cluster.apiServerStops(host);
        }
    }

    /** Where its configuration tells etcd to look: the hostPath of the pod, or the variable of the unit. */
    private String configuredData() {
        var manifest = tree.content(MANIFESTS + "/etcd.yaml");
        var text = manifest.or(() -> tree.content("/etc/default/etcd")).orElseThrow();
        var matcher = (manifest.isPresent() ? HOST_PATH : DATA_DIR).matcher(text);
        return matcher.find() ? matcher.group(1) : dataFolder.orElseThrow();
    }

    private void etcdStarts() {
        var data = configuredData();
        var found = tree.content(data + "/member").filter(text -> text.contains("@"));
        if (found.isEmpty()) {
            cluster.violation(host + " starts an empty member of its own on " + data);
        }
        walFolder.ifPresent(wal -> {
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
