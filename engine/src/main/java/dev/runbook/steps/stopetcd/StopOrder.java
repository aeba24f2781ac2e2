package dev.runbook.steps.stopetcd;

import dev.runbook.etcd.identity.PeerUrl;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.step.StepContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The order in which members stop: one after the other, the leader last. A leader that is told to stop hands over to a connected
 * peer and waits for that, up to 7 s when the peer is stopping too; a member that does not lead, and a leader without a peer,
 * stop at once (etcd: server/etcdserver/server.go, {@code TryTransferLeadershipOnShutdown}). In turn none ever hands over to
 * one that stops, even when another member leads by then than the one that led when the plan was made.
 */
final class StopOrder {
    private StopOrder() {}

    /** What a host awaits before it stops its member; empty for the first one, and where its member has no leader to be. */
    static Optional<Action> before(StepContext context, Duration deadline) {
        var order = order(context);
        int own = order.indexOf(context.host());
        if (own < 1) {
            return Optional.empty();
        }
        var facts = context.cluster().of(order.get(own - 1)).member().orElseThrow();
        // Every member before this one may take as long as this one.
        return facts.peerUrls().stream()
                .findFirst()
                .map(PeerUrl::new)
                .map(url -> new Await(
                        new Probe.PeerStopped(url.host(), url.port()), deadline.multipliedBy(own), Direction.FORWARD));
    }

    /** Members that are in a cluster with a leader; the others neither hand over nor are handed over to. */
    private static List<String> order(StepContext context) {
        var order = new ArrayList<String>();
        Optional<String> leader = Optional.empty();
        for (var host : context.stepHosts()) {
            var answers = answers(context.cluster().of(host));
            if (answers.flatMap(LiveMember.Answers::leaderId).isEmpty()) {
                continue;
            }
            if (answers.filter(StopOrder::leads).isPresent() && leader.isEmpty()) {
                leader = Optional.of(host);
            } else {
                order.add(host);
            }
        }
        leader.ifPresent(order::add);
        return order;
    }

    private static boolean leads(LiveMember.Answers answers) {
        return answers.leaderId().filter(answers.memberId()::equals).isPresent();
    }

    private static Optional<LiveMember.Answers> answers(HostFacts facts) {
        return facts.member()
                .map(member -> member.live())
                .filter(LiveMember.Answers.class::isInstance)
                .map(LiveMember.Answers.class::cast);
    }

    /** Why a host waits for another one's member, for the plan. */
    static List<String> note(StepContext context, List<Action> actions) {
        boolean waits = actions.stream()
                .anyMatch(action -> action instanceof Await await && await.probe() instanceof Probe.PeerStopped);
        return waits
                ? List.of("members stop one after the other, the leader ("
                        + order(context).getLast()
                        + ") last, because a leader that stops hands over, and waits up to 7 s for a peer that"
                        + " stops too")
                : List.of();
    }
}
