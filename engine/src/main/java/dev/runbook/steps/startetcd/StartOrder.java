package dev.runbook.steps.startetcd;

import dev.runbook.etcd.config.start.InitialCorruptCheck;
import dev.runbook.etcd.identity.PeerUrl;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.step.StepContext;
import java.util.List;
import java.util.Optional;

/**
 * The order in which members start. With the initial corruption check, which kubeadm's manifests turn on, a starting member
 * queries every peer for its hash, up to 7 s each, and its own port is open and silent meanwhile: members that start at
 * the same moment wait for each other (etcd: server/etcdserver/corrupt.go, {@code InitialCheck} and {@code getPeerHashKVs}). A peer
 * whose port is closed costs nothing, and one that serves answers at once; so each starts as soon as the one before it
 * serves its peers.
 */
final class StartOrder {
    private StartOrder() {}

    /** What a host awaits before it starts its member; empty for the first member, and where no member checks. */
    static Optional<Probe> before(StepContext context) {
        var hosts = context.stepHosts().stream()
                .filter(host -> context.cluster().of(host).member().isPresent())
                .toList();
        boolean check = hosts.stream()
                .flatMap(host -> context.cluster().of(host).member().stream())
                .anyMatch(member -> InitialCorruptCheck.isOn(member.flags()));
        int own = hosts.indexOf(context.host());
        if (!check || own < 1) {
            return Optional.empty();
        }
        return context.cluster().of(hosts.get(own - 1)).member().orElseThrow().peerUrls().stream()
                .findFirst()
                .map(PeerUrl::new)
                .map(url -> new Probe.PeerServes(url.host(), url.port(), url.tls()));
    }

    /** Why a host waits for another one's member, for the plan. */
    static List<String> note(List<Action> actions) {
        return actions.stream()
                        .anyMatch(action -> action instanceof Await await && await.probe() instanceof Probe.PeerServes)
                ? List.of(
                        "members start one after the other, because a starting member's initial corruption check waits"
                                + " up to 7 s for each peer that starts too")
                : List.of();
    }
}
