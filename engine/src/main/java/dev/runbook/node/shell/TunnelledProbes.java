package dev.runbook.node.shell;

import dev.runbook.model.Probe;
import dev.runbook.node.MemberProbes;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import java.time.Duration;
import java.util.Optional;

/** Probes that are asked of an etcd member or an API server, through a node. */
final class TunnelledProbes {
    private final HttpsProbe https;
    private final PeerProbe peers;
    private final MemberProbes probes;

    TunnelledProbes(TunnelledMembers members, HttpsProbe https, PeerProbe peers) {
        this.https = https;
        this.peers = peers;
        this.probes = new MemberProbes(members::open);
    }

    /** A client is made for each look: one that has seen its member away stays away for minutes. */
    ProbeResult check(Probe.Tunnelled probe, Duration deadline) throws NodeUnreachable {
        try {
            return switch (probe) {
                case Probe.MemberIs(var access, var expected) -> result(probes.memberIs(access, expected));
                case Probe.MembersAgree(var all) -> probes.membersAgree(all);
                case Probe.HttpsOk ok -> result(https.check(ok, deadline));
                case Probe.PeerServes peer -> result(peers.check(peer, deadline));
                case Probe.PeerStopped peer -> result(peers.check(peer, deadline));
                case Probe.KeyPresence(var access, var key, var present) ->
                    result(probes.keyPresence(access, key, present));
            };
        } catch (MemberUnreachable e) {
            return new ProbeResult.DoesNotHold(String.valueOf(e.getMessage()));
        }
    }

    private static ProbeResult result(Optional<String> different) {
        return different.isEmpty() ? new ProbeResult.Holds() : new ProbeResult.DoesNotHold(different.get());
    }
}
