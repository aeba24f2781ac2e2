package dev.runbook.steps.startetcd;

import dev.runbook.etcd.config.start.InitialCorruptCheck;
import dev.runbook.etcd.identity.PeerUrl;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.step.StepContext;
import java.time.Duration;
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
    private final StepContext context;
    private final List<String> hosts;
    private final int own;

    StartOrder(StepContext context) {
        this.context = context;
        this.hosts = context.stepHosts().stream()
                .filter(host -> context.cluster().of(host).member().isPresent())
                .toList();
        this.own = hosts.indexOf(context.host());
    }

    /** Until the member before this one serves its peers; empty for the first one, and where no member checks. */
    Optional<Await> before(Duration deadline) {
        // It has its own deadline twice, see after(), and so had each one before it: who is late says so itself.
        return own < 1 ? Optional.empty() : serves(own - 1, deadline.multipliedBy(2L * own + 1));
    }

    /** Until this host's member serves its peers, where another one waits for it. */
    Optional<Await> after(Duration deadline) {
        return own < 0 || own == hosts.size() - 1 ? Optional.empty() : serves(own, deadline);
    }

    private Optional<Await> serves(int index, Duration deadline) {
        boolean check = hosts.stream()
                .flatMap(host -> context.cluster().of(host).member().stream())
                .anyMatch(member -> InitialCorruptCheck.isOn(member.flags()));
        if (!check) {
            return Optional.empty();
        }
        return context.cluster().of(hosts.get(index)).member().orElseThrow().peerUrls().stream()
                .findFirst()
                .map(PeerUrl::new)
                .map(url -> new Probe.PeerServes(url.host(), url.port(), url.tls()))
                .map(probe -> new Await(probe, deadline, Direction.FORWARD));
    }

    /** Why a host waits for another one's member, for the plan. */
    List<String> note() {
        return before(Duration.ZERO).isEmpty()
                ? List.of()
                : List.of(
                        "members start one after the other, because a starting member's initial corruption check waits"
                                + " up to 7 s for each peer that starts too");
    }
}
