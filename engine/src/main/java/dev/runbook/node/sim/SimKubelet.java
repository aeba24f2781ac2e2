package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.node.sim.member.SimDelays;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The kubelet and the container runtime of a simulated node. Pods follow their manifests only while the kubelet runs, and
 * containers outlive it. A kubelet starts what it finds when it starts, and what appears later at its next scan; it removes
 * no pod before the API server that it asks has answered since its start.
 */
final class SimKubelet {
    private static final String ETCD = "etcd";
    private static final String API_SERVER = "kube-apiserver";
    private static final List<String> PODS = List.of(ETCD, API_SERVER, "kube-controller-manager", "kube-scheduler");
    private static final SimDelays DELAYS = SimDelays.MEASURED;

    private final String host;
    private final SimTree tree;
    private final SimCluster cluster;
    private final SimServices services;
    /** Whether it asks an API server on this node; else any that the cluster has. */
    private boolean asksOwnApiServer;
    /** Whether an API server has answered it since its start. */
    private boolean sourcesReady;

    private Duration started = Duration.ZERO;
    /** When its next scan finds a manifest. */
    private final Map<String, Duration> found = new HashMap<>();

    SimKubelet(String host, SimTree tree, SimCluster cluster, SimServices services) {
        this.host = host;
        this.tree = tree;
        this.cluster = cluster;
        this.services = services;
    }

    void boot() {
        asksOwnApiServer = tree.there(manifest(API_SERVER));
    }

    private static String manifest(String pod) {
        return SimServices.MANIFESTS + "/" + pod + ".yaml";
    }

    void starts() {
        started = services.now();
        // What the next scan would have found it finds now.
        found.forEach((pod, when) -> {
            var sooner = when.minus(started);
            if (services.containers.contains(pod) && sooner.isPositive()) {
                settledBy(pod).forEach(what -> {
                    var key = host + "/" + what;
                    cluster.time().settles(key, cluster.time().settled(key).minus(sooner));
                });
            }
        });
        found.clear();
        look(Duration.ZERO);
    }

    private static List<String> settledBy(String pod) {
        return switch (pod) {
            case ETCD -> List.of(pod, SimServices.PEERS, SimServices.MEMBER);
            case API_SERVER -> List.of(pod, SimServices.READY);
            default -> List.of(pod);
        };
    }

    void stops() {
        sourcesReady = false;
    }

    /** What it does in the time after its start. */
    void sync() {
        var age = services.now().minus(started).toMillis();
        var period = DELAYS.kubeletScan().toMillis();
        look(Duration.ofMillis(period - age % period));
    }

    /** Looks at its folder, and finds what is new there only after a while. */
    private void look(Duration after) {
        if (!services.runs(SimServices.KUBELET)) {
            return;
        }
        sourcesReady |= asksOwnApiServer
                ? services.containers.contains(API_SERVER) && cluster.serves(host)
                : cluster.apiServerAnswers();
        for (var pod : PODS) {
            boolean wanted = tree.there(manifest(pod)) && !(pod.equals(ETCD) && services.podDies());
            if (wanted && services.containers.add(pod)) {
                podStarts(pod, after);
            } else if (!wanted && sourcesReady && services.containers.contains(pod)) {
                containerStops(pod, DELAYS.kubeletActs(), DELAYS.podGrace());
            }
        }
    }

    private void podStarts(String pod, Duration after) {
        found.put(pod, services.now().plus(after));
        services.settles(pod, after.plus(DELAYS.containerRuns()));
        if (pod.equals(ETCD)) {
            services.podStartsEtcd(after);
        } else if (pod.equals(API_SERVER)) {
            services.settles(SimServices.READY, after.plus(DELAYS.apiServerReady()));
            cluster.apiServerStarts(host);
        }
    }

    /** A container is told to stop, and ends by itself or by a kill after its grace; how long that takes from now. */
    private Duration containerStops(String pod, Duration after, Duration grace) {
        services.containers.remove(pod);
        Duration takes;
        if (pod.equals(ETCD)) {
            takes = services.memberStops(after, grace);
        } else {
            takes = after.plus(DELAYS.stopOf(pod, grace));
            if (pod.equals(API_SERVER)) {
                cluster.apiServerStops(host);
            }
        }
        services.settles(pod, takes);
        return takes;
    }

    /** All at the same moment; how long the last one takes. */
    private Duration stopThroughRuntime(List<String> pods, Duration grace) {
        return pods.stream()
                .map(pod -> services.containers.contains(pod)
                        ? containerStops(pod, DELAYS.runtimeStops(), grace)
                        : cutShort(pod, DELAYS.runtimeStops().plus(grace)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** What was told to stop before has the rest of that time, and this grace at most. */
    private Duration cutShort(String pod, Duration most) {
        var left = left(pod);
        if (left.compareTo(most) <= 0) {
            return left;
        }
        services.settles(pod, most);
        return most;
    }

    /** How long a container still runs that was told to stop. */
    private Duration left(String pod) {
        var left = cluster.time().settled(host + "/" + pod).minus(services.now());
        return left.isNegative() || services.containers.contains(pod) ? Duration.ZERO : left;
    }

    /**
     * The kubelet stops, and then the runtime stops the containers.
     *
     * @param half the kubelet is stopped, and nothing else happens
     */
    ActionResult stop(ContainerAction.StopContainers stop, boolean half, Consumer<Duration> passes) {
        boolean ran = !(services.stop(stop.kubelet(), passes) instanceof ActionResult.AlreadyDone);
        var takes = half ? Duration.ZERO : stopThroughRuntime(stop.containers(), stop.grace());
        passes.accept(takes);
        services.at(services.now().plus(takes));
        return ran || takes.isPositive() ? SimTree.done() : SimTree.already();
    }

    /**
     * What the kubelet has not ended once its patience is over, the runtime does.
     *
     * @param half the kubelet is stopped, and nothing else happens
     */
    ActionResult end(ContainerAction.EndContainers action, boolean half, Consumer<Duration> passes) {
        sync();
        var names = action.containers().stream()
                .map(ContainerAction.EndContainers.Patience::container)
                .toList();
        if (names.stream().noneMatch(services.containers::contains)) {
            var left = names.stream().map(this::left).max(Duration::compareTo).orElse(Duration.ZERO);
            passes.accept(left);
            services.at(services.now().plus(left));
            return services.start(action.kubelet()) instanceof ActionResult.AlreadyDone && left.isZero()
                    ? SimTree.already()
                    : SimTree.done();
        }
        var patience = action.containers().stream()
                .filter(each -> services.containers.contains(each.container()))
                .map(ContainerAction.EndContainers.Patience::patience)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        passes.accept(patience);
        services.at(services.now().plus(patience));
        services.stop(action.kubelet(), passes);
        if (!half) {
            var takes = stopThroughRuntime(names, action.grace());
            passes.accept(takes);
            services.at(services.now().plus(takes));
            services.start(action.kubelet());
        }
        return SimTree.done();
    }
}
