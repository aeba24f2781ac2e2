package dev.runbook.node.sim;

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
 * (etcd 3.6.8, containerd 1.7, 2 cores, one run each); those of files, transfers and systemd stand in docs/benchmarks.md.
 *
 * @param fileAct one file action in a batch over SSH
 * @param bytesPerSecond of a transfer
 * @param restore of a small snapshot by etcdutl
 * @param save of a small snapshot
 * @param podStops from a manifest's move until an API server's container is gone, with the kubelet running
 * @param containerStops the same through the runtime, with the kubelet stopped
 * @param podHealthy from a manifest's return until the pod answers
 * @param memberStops of etcd itself, a leader that tries to hand over included
 * @param unitStarts until a member answers
 * @param kubeletRestarts of the unit itself
 * @param peersServed from a member's start until it serves its peers
 * @param peerHash how long a starting member waits for the hash of a peer that does not serve
 */
record SimDelays(
        Duration fileAct,
        long bytesPerSecond,
        Duration restore,
        Duration save,
        Duration podStops,
        Duration containerStops,
        Duration podHealthy,
        Duration memberStops,
        Duration unitStarts,
        Duration kubeletRestarts,
        Duration peersServed,
        Duration peerHash) {
    static final SimDelays MEASURED = new SimDelays(
            Duration.ofMillis(13),
            69_000_000,
            Duration.ofMillis(700),
            Duration.ofMillis(1_400),
            Duration.ofMillis(31_600),
            Duration.ofMillis(4_400),
            Duration.ofSeconds(15),
            Duration.ofMillis(7_200),
            Duration.ofMillis(640),
            Duration.ofMillis(100),
            Duration.ofMillis(900),
            Duration.ofSeconds(7));

    /** What the act itself takes; for what it sets off see {@link SimServices}. */
    Duration of(Action action) {
        return switch (action) {
            case FileAction _, RunProgram _ -> fileAct;
            case TransferAction.SendFile send -> fileAct.plusMillis(send.size() * 1000 / bytesPerSecond);
            case TransferAction.FetchFile _ -> fileAct;
            case TransferAction.StreamSnapshot _, EtcdDataAction.SaveSnapshot _ -> save;
            case EtcdDataAction.RestoreData _ -> restore;
            case ServiceAction.StartUnit _, ServiceAction.ReloadUnits _ -> fileAct;
            case ServiceAction.StopUnit stop -> stop.unit().equals(SimServices.ETCD) ? memberStops : kubeletRestarts;
            case ServiceAction.RestartUnit restart ->
                restart.unit().equals(SimServices.ETCD) ? memberStops.plus(unitStarts) : kubeletRestarts;
            case ContainerAction.StopContainer _ -> containerStops;
            // It waits, and takes what it waits for.
            case ContainerAction.EndContainers _ -> fileAct;
            case Await _ -> Duration.ZERO;
        };
    }
}
