package dev.runbook.node.sim.member;

import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;
import java.time.Duration;

/**
 * How long acts take on simulated nodes, in virtual time.
 *
 * <p>Those of the kubelet, its containers and etcd's tool were seen on a kubeadm 1.36 cluster of three stacked members
 * (etcd 3.6.8, containerd 1.7, 2 cores); those of files, transfers and systemd stand in docs/benchmarks.md.
 *
 * @param fileAct one file action in a batch over SSH
 * @param bytesPerSecond of a transfer
 * @param restore of a small snapshot by etcdutl
 * @param save of a small snapshot
 * @param podGrace what a pod is given by the kubelet between SIGTERM and SIGKILL; an API server uses all of it, as open
 *     watches keep it alive
 * @param unitGrace the same of a unit by systemd
 * @param kubeletActs from a manifest's removal until the running kubelet tells the container to stop
 * @param kubeletScan how often the kubelet looks for new manifests
 * @param runtimeStops what a stop through the runtime adds to what the container takes
 * @param componentStops of a controller-manager or a scheduler
 * @param memberStops of a member that does not lead, or that leads and has no peer left
 * @param handOver of a leader that hands over to a peer
 * @param handOverWaits of a leader that hands over to a peer which is stopping too, or that could not win
 * @param containerRuns from the kubelet's start, or from its scan, until a container runs
 * @param podHealthy the same until a member answers its clients
 * @param apiServerReady the same until an API server answers /readyz
 * @param unitStarts until a unit's member answers
 * @param kubeletRestarts of the unit itself
 * @param peersServed from a member's start until it serves its peers
 * @param peerHash how long a starting member waits for the hash of a peer that does not serve
 */
public record SimDelays(
        Duration fileAct,
        long bytesPerSecond,
        Duration restore,
        Duration save,
        Duration podGrace,
        Duration unitGrace,
        Duration kubeletActs,
        Duration kubeletScan,
        Duration runtimeStops,
        Duration componentStops,
        Duration memberStops,
        Duration handOver,
        Duration handOverWaits,
        Duration containerRuns,
        Duration podHealthy,
        Duration apiServerReady,
        Duration unitStarts,
        Duration kubeletRestarts,
        Duration peersServed,
        Duration peerHash) {
    public static final SimDelays MEASURED = new SimDelays(
            Duration.ofMillis(13),
            69_000_000,
            Duration.ofMillis(700),
            Duration.ofMillis(1_400),
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofMillis(400),
            Duration.ofSeconds(20),
            Duration.ofMillis(400),
            Duration.ofMillis(900),
            Duration.ofMillis(100),
            Duration.ofMillis(800),
            Duration.ofMillis(7_200),
            Duration.ofMillis(700),
            Duration.ofMillis(1_100),
            Duration.ofMillis(7_600),
            Duration.ofMillis(640),
            Duration.ofMillis(100),
            Duration.ofMillis(900),
            Duration.ofSeconds(7));

    /** What the act itself takes, beside what it sets off and waits for. */
    public Duration of(Action action) {
        return switch (action) {
            case FileAction _, RunProgram _ -> fileAct;
            case TransferAction.SendFile send -> fileAct.plusMillis(send.size() * 1000 / bytesPerSecond);
            case TransferAction.FetchFile _ -> fileAct;
            case TransferAction.StreamSnapshot _, EtcdDataAction.SaveSnapshot _ -> save;
            case EtcdDataAction.RestoreData _ -> restore;
            case ServiceAction.StartUnit _, ServiceAction.ReloadUnits _ -> fileAct;
            case ServiceAction.StopUnit _, ServiceAction.RestartUnit _ -> kubeletRestarts;
            case ContainerAction _ -> fileAct;
            case Await _ -> Duration.ZERO;
        };
    }

    /** How long a container lives after SIGTERM, at most its grace; etcd's depends on who leads, see {@link Leadership}. */
    public Duration stopOf(String container, Duration grace) {
        // Its open watches keep an API server alive until it is killed.
        var takes = container.equals("kube-apiserver") ? grace : componentStops;
        return takes.compareTo(grace) < 0 ? takes : grace;
    }
}
