package dev.runbook.etcd.identity;

import java.util.List;

/**
 * A member as a cluster lists it, or as a snapshot's bucket {@code members} has it. In a snapshot it may be one of an older
 * cluster, because a restore by etcd 3.4 leaves the members of before.
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
