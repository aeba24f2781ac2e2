package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.identity.MemberId;
import java.util.List;

/**
 * A member as the bucket {@code members} has it: of the cluster in which the snapshot was taken, or of an older one,
 * because a restore by etcd 3.4 leaves the members of before.
 *
 * @param name empty for a member that was added and never started
 * @param learner whether it had no vote
 */
public record SnapshotMember(
        MemberId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
    public SnapshotMember {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }
}
