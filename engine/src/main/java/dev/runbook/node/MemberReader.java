package dev.runbook.node;

import dev.runbook.etcd.client.KeyEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one etcd member; changes nothing. Every call has a deadline of its own. */
public interface MemberReader extends AutoCloseable {
    Status status() throws MemberUnreachable;

    /** All members as this one knows them, not linearizable: it works without quorum. */
    List<Member> members() throws MemberUnreachable;

    /** HashKV at exactly this revision. */
    Hash hashAt(long revision) throws MemberUnreachable;

    /** Alarms raised, as {@code NOSPACE 8e9e05c52164694d}. Needs quorum. */
    List<String> alarms() throws MemberUnreachable;

    /** Keys under a prefix, without their values, as this member sees them, at most {@code limit}. */
    List<String> keys(String prefix, int limit) throws MemberUnreachable;

    /**
     * Shows all keys in byte order without their values, as this member sees them at one revision.
     *
     * @return that revision
     */
    long visitKeys(Consumer<KeyEntry> visitor) throws MemberUnreachable;

    /** A value, read without asking the others. */
    Optional<byte[]> value(String key) throws MemberUnreachable;

    @Override
    void close();

    /**
     * HashKV. Two of them say something of each other's data only where compaction and revision are equal: a member that
     * keeps the hash of its last compaction answers that, and one that was restarted since computes another over equal data.
     *
     * @param hash an unsigned 32-bit number
     * @param compactRevision -1 before the first compaction
     * @param hashRevision the revision that the hash is of
     */
    record Hash(long hash, long compactRevision, long hashRevision) {}

    /**
     * What a member says of itself.
     *
     * @param memberId hex, unpadded, as etcd prints it
     * @param leaderId empty when the member knows no leader
     * @param databaseSize bytes that the backend takes on disk
     */
    record Status(
            String memberId,
            String clusterId,
            Optional<String> leaderId,
            String version,
            long revision,
            long raftTerm,
            long databaseSize,
            boolean learner) {}

    /** One row of the member list. */
    record Member(String id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
        public Member {
            peerUrls = List.copyOf(peerUrls);
            clientUrls = List.copyOf(clientUrls);
        }
    }
}
