package dev.runbook.report.line;

import dev.runbook.step.Doc;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lines about the content of a snapshot. */
public sealed interface SnapshotLine extends Line {
    @Doc("Result of snapshot status.")
    record SnapshotStatus(
            @Doc("As etcdctl and etcdutl print it, in decimal.")
            long hash,

            @Doc("Of the last entry.") long revision,

            @Doc("Entries in all buckets, as etcd 3.4 and 3.5 count.")
            long totalKey,

            @Doc("Bytes of the pages in use.") long totalSize,
            @Doc("Empty before etcd 3.6.") String storageVersion,

            @Doc("Keys that are not deleted, as etcd 3.6 counts: the record of a bump is one.")
            long liveKeys,

            @Doc("Bytes.") long fileSize,

            @Doc("Of the whole file, in hex; absent when it was not requested.")
            Optional<String> sha256,

            LineVocabulary.Trailer trailer,
            Optional<String> clusterVersion,

            @Doc("Revision of the last scheduled compaction.")
            OptionalLong scheduledCompact,

            @Doc("Revision of the last finished compaction.")
            OptionalLong finishedCompact,

            @Doc("Revision of the last bump.") OptionalLong lastBump,

            @Doc("Of the last entry of the log that was applied.")
            long consistentIndex,

            OptionalLong term,
            List<SnapshotMember> members,
            List<SnapshotAlarm> alarms,
            @Doc("At the revision that --at gives.") Optional<SnapshotHash> hashKv)
            implements SnapshotLine {}

    @Doc("A member of the cluster that the snapshot was saved from.")
    record SnapshotMember(
            @Doc("Hex.") String id,
            @Doc("Empty when the member never started.") String name,
            List<String> peerUrls,
            List<String> clientUrls,
            boolean learner) {}

    @Doc("An alarm that a restore raises again.")
    record SnapshotAlarm(
            @Doc("Hex ID.") String member,
            @Doc("Such as NOSPACE.") String type) {}

    @Doc("HashKV of a snapshot.")
    record SnapshotHash(
            long revision,
            @Doc("-1 when the store was never compacted.") long compactRevision,
            long hash) {}

    @Doc("One object of a snapshot.")
    record SnapshotObject(
            String resource,
            String kind,
            @Doc("Empty for a cluster-scoped object.") String namespace,
            String name,
            String encoding,
            long createRevision,
            long modRevision,
            @Doc("Writes since its creation.") long writes,
            long lease,
            @Doc("Of key and value.") long bytes,
            @Doc("In etcd.") String key)
            implements SnapshotLine {}

    @Doc("How many objects of a resource a snapshot has in a namespace.")
    record SnapshotSum(String resource, String namespace, long objects, long bytes) implements SnapshotLine {}
}
