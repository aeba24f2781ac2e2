package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.identity.Alarm;
import dev.runbook.etcd.identity.Member;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The contents of a snapshot.
 *
 * @param members of the bucket {@code members}, by ID
 * @param clusterVersion for example {@code 3.5.0}; in files of etcd 3.5 and later, some of 3.4
 * @param storageVersion for example {@code 3.6.0}; in files of etcd 3.6 and later
 */
public record SnapshotSummary(
        Storage storage,
        Revisions revisions,
        Progress progress,
        Status status,
        List<Member> members,
        Optional<String> clusterVersion,
        Optional<String> storageVersion,
        List<Alarm> alarms,
        Leftovers leftovers) {
    public SnapshotSummary {
        members = List.copyOf(members);
        alarms = List.copyOf(alarms);
    }

    /**
     * The file itself.
     *
     * @param fileSize bytes, trailer included
     * @param sha256 of the whole file as {@code sha256sum} prints it; empty when it was not computed
     * @param pageSize bytes
     * @param transaction ID of bbolt's last transaction
     */
    public record Storage(long fileSize, Optional<String> sha256, Trailer trailer, int pageSize, long transaction) {}

    /**
     * Revisions of the store.
     *
     * @param latest main revision of the last entry of the bucket {@code key}; 0 without entries
     * @param scheduledCompact the last compaction requested
     * @param finishedCompact the last compaction completed; lower than {@code scheduledCompact} when the snapshot was taken during
     *     a compaction
     * @param lastBump revision of the last record of {@code --bump-revision}; present when the cluster was restored with one
     */
    public record Revisions(
            long latest, OptionalLong scheduledCompact, OptionalLong finishedCompact, OptionalLong lastBump) {}

    /**
     * The last log entry that the member had applied.
     *
     * @param consistentIndex its index; 0 when it was never stored
     * @param term its term; since etcd 3.5
     */
    public record Progress(long consistentIndex, OptionalLong term) {}

    /**
     * What {@code snapshot status} prints.
     *
     * @param hash 0 to 2^32 - 1; printed in hexadecimal
     * @param totalKey entries in all buckets, which etcd 3.4 and 3.5 print as total keys
     * @param liveKeys keys that are not deleted, which 3.6 prints instead; the record of a bump is one of them, because etcd
     *     stores it under the key ""
     * @param totalSize bytes of the pages in use
     */
    public record Status(long hash, long totalKey, long liveKeys, long totalSize) {}
}
