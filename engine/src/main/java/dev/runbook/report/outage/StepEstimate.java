package dev.runbook.report.outage;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;
import java.time.Duration;
import java.util.List;

/**
 * How long a step of an outage takes, as such steps were measured on a kubeadm 1.36 cluster of three stacked members (etcd 3.6.8,
 * containerd 1.7, 2 cores) and, for systemd, on Debian's etcd.
 */
final class StepEstimate {
    /** An API server with open watches lives until it is killed, and the kubelet's grace for it is 30 s. */
    private static final Duration API_SERVER_BY_KUBELET = Duration.ofMillis(30_800);

    /** A leader that hands over to a member which is stopping too. */
    private static final Duration MEMBERS_BY_KUBELET = Duration.ofMillis(7_300);

    private static final Duration STOP = Duration.ofMillis(400);
    private static final Duration MEMBER_IN_TURN_STOPS = Duration.ofMillis(400);
    private static final Duration MEMBER_IN_TURN_STARTS = Duration.ofMillis(900);
    private static final Duration CONTAINER_RUNS = Duration.ofSeconds(1);

    /** A running kubelet looks for manifests every 20 s. */
    private static final Duration KUBELET_SCANS = Duration.ofMillis(12_200);

    private static final Duration UNIT_RUNS = Duration.ofMillis(640);
    private static final Duration API_SERVER_READY = Duration.ofMillis(6_600);
    private static final Duration PROOF = Duration.ofMillis(600);
    private static final Duration FILE_ACTION = Duration.ofMillis(13);

    private StepEstimate() {}

    static Duration of(OutageStep step) {
        return step.actions().values().stream()
                .map(StepEstimate::ofHost)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(MEMBER_IN_TURN_STOPS.multipliedBy(hostsThatAwait(step, Probe.PeerStopped.class)))
                .plus(MEMBER_IN_TURN_STARTS.multipliedBy(
                        Math.max(0, hostsThatAwait(step, Probe.PeerServes.class) - 1)));
    }

    private static long hostsThatAwait(OutageStep step, Class<? extends Probe> probe) {
        return step.actions().values().stream()
                .filter(actions -> actions.stream()
                        .anyMatch(action -> action instanceof Await await && probe.isInstance(await.probe())))
                .count();
    }

    /** Actions come one after the other; what is waited for has begun at the same moment, so the longest wait counts. */
    private static Duration ofHost(List<Action> actions) {
        var work = Duration.ZERO;
        var wait = Duration.ZERO;
        boolean kubeletStarts = false;
        for (var action : actions) {
            if (!action.direction().forward()) {
                continue;
            }
            kubeletStarts |= action instanceof ServiceAction.StartUnit || action instanceof ServiceAction.RestartUnit;
            if (action instanceof Await await) {
                var awaited = of(await.probe(), kubeletStarts);
                wait = wait.compareTo(awaited) < 0 ? awaited : wait;
            } else {
                work = work.plus(of(action));
            }
        }
        return work.plus(wait);
    }

    private static Duration of(Action action) {
        return switch (action) {
            case ContainerAction.StopContainers stop ->
                stop.containers().contains("kube-apiserver") ? stop.grace().plus(STOP) : STOP;
            case ContainerAction.EndContainers end ->
                end.containers().stream().anyMatch(each -> each.container().equals("kube-apiserver"))
                        ? API_SERVER_BY_KUBELET
                        : MEMBERS_BY_KUBELET;
            case ServiceAction.StopUnit _ -> STOP;
            case ServiceAction.StartUnit _, ServiceAction.RestartUnit _, ServiceAction.ReloadUnits _ ->
                FILE_ACTION.multipliedBy(8);
            case FileAction _, RunProgram _, TransferAction _, EtcdDataAction _, Await _ -> FILE_ACTION;
        };
    }

    private static Duration of(Probe probe, boolean kubeletStarts) {
        return switch (probe) {
            case Probe.ContainerRunning _ -> kubeletStarts ? CONTAINER_RUNS : KUBELET_SCANS;
            case Probe.UnitActive _ -> UNIT_RUNS;
            case Probe.HttpsOk _ -> API_SERVER_READY;
            case Probe.MemberIs _, Probe.MembersAgree _, Probe.KeyPresence _ -> PROOF;
            // Those of the order among hosts are counted by host.
            case Probe.PeerServes _,
                    Probe.PeerStopped _,
                    Probe.ContainerGone _,
                    Probe.LockFree _,
                    Probe.CanStart _,
                    Probe.PathPresent _,
                    Probe.PathAbsent _,
                    Probe.UnitInactive _,
                    Probe.UnitShows _,
                    Probe.ProgramSucceeds _ -> FILE_ACTION;
        };
    }
}
