package dev.runbook.survey;

import dev.runbook.facts.LiveMember;
import dev.runbook.facts.Silence;
import dev.runbook.model.EtcdAccess;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import java.util.LinkedHashSet;
import java.util.List;

/** Queries a member for its status and its member list. */
final class LiveSurvey {
    private static final String API_SERVER_LEASES = "/registry/masterleases/";
    private static final int MANY_API_SERVERS = 100;

    private LiveSurvey() {}

    static LiveMember query(Node node, EtcdAccess access) {
        try (var reader = node.openMember(access)) {
            var status = reader.status();
            // Without a leader there is no quorum, which the query for alarms needs.
            boolean quorum = status.leaderId().isPresent();
            return new LiveMember.Answers(
                    status.memberId(),
                    status.clusterId(),
                    status.leaderId(),
                    status.version(),
                    status.revision(),
                    peers(reader),
                    quorum ? reader.alarms() : List.of(),
                    reader.keys(API_SERVER_LEASES, MANY_API_SERVERS).stream()
                            .map(key -> key.substring(API_SERVER_LEASES.length()))
                            .toList());
        } catch (MemberUnreachable e) {
            return LiveMember.Silent.because(String.valueOf(e.getMessage()), e.silence());
        } catch (NodeUnreachable e) {
            return LiveMember.Silent.because(String.valueOf(e.getMessage()), Silence.OTHER);
        }
    }

    /** How a member is asked, and what it answers. */
    record Found(EtcdAccess access, LiveMember live) {}

    /**
     * Asks in the first way that is answered. Only a certificate that one side rejects is a reason to try another way: for
     * any other the member itself is silent.
     *
     * @param ways at least one, the likeliest first
     */
    static Found query(Node node, List<EtcdAccess> ways) {
        var reasons = new LinkedHashSet<String>();
        for (var way : ways) {
            var live = query(node, way);
            if (!(live instanceof LiveMember.Silent silent) || silent.kind() != Silence.TLS) {
                if (live instanceof LiveMember.Answers || reasons.isEmpty()) {
                    return new Found(way, live);
                }
                continue;
            }
            reasons.add(silent.why());
        }
        return new Found(ways.getFirst(), LiveMember.Silent.because(String.join("; ", reasons), Silence.TLS));
    }

    private static List<LiveMember.Peer> peers(MemberReader reader) throws MemberUnreachable {
        return reader.members().stream()
                .map(member -> new LiveMember.Peer(member.id(), member.name(), member.peerUrls(), member.learner()))
                .toList();
    }
}
