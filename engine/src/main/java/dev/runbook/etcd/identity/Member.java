package dev.runbook.etcd.identity;

import java.util.List;

/**
 * A member from a cluster's member list, or from a snapshot's bucket {@code members}. In a snapshot it may be a member of an
 * older cluster, because a restore by etcd 3.4 does not delete the old members.
 *
 * @param name empty for a member that was added and never started
 * @param learner whether it has no vote
 */
public record Member(MemberId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
    public Member {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }
}
