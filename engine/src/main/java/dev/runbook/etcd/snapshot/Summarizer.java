package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.identity.Alarm;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.identity.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Walks every bucket of a snapshot once. */
final class Summarizer {
    private final SnapshotFile file;
    private final Checksum statusHash = new Checksum();
    private final List<Member> members = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private long entries;
    private long latest;
    private OptionalLong lastBump = OptionalLong.empty();
    private OptionalLong scheduledCompact = OptionalLong.empty();
    private OptionalLong finishedCompact = OptionalLong.empty();
    private OptionalLong term = OptionalLong.empty();
    private long consistentIndex;
    private @Nullable String clusterVersion;
    private @Nullable String storageVersion;

    Summarizer(SnapshotFile file) {
        this.file = file;
    }

    SnapshotSummary summarize() throws BadSnapshot {
        return file.guarded(this::walkAll);
    }

    private SnapshotSummary walkAll() throws BadSnapshot {
        Cursor buckets = file.root().cursor();
        while (buckets.next()) {
            walk(Bytes.text(buckets.key()), buckets);
        }
        FileHash hash = file.hash();
        members.sort(Comparator.comparing(Member::id));
        return new SnapshotSummary(
                new SnapshotSummary.Storage(
                        file.size(), hash.sha256(), hash.trailer(), file.pageSize(), file.transaction()),
                new SnapshotSummary.Revisions(latest, scheduledCompact, finishedCompact, lastBump),
                new SnapshotSummary.Progress(consistentIndex, term),
                new SnapshotSummary.Status(statusHash.value(), entries, file.totalSize()),
                members,
                Optional.ofNullable(clusterVersion),
                Optional.ofNullable(storageVersion),
                alarms);
    }

    private void walk(String name, Cursor buckets) throws BadSnapshot {
        statusHash.update(buckets.key());
        Cursor cursor = file.bucketAt(buckets).cursor();
        while (cursor.next()) {
            entries++;
            take(name, cursor);
        }
    }

    private void take(String bucket, Cursor cursor) {
        statusHash.update(cursor.key());
        statusHash.update(cursor.value());
        switch (bucket) {
            case "key" -> takeKey(cursor);
            case "meta" -> takeMeta(cursor);
            case "cluster" -> {
                if (Bytes.text(cursor.key()).equals("clusterVersion")) {
                    clusterVersion = Bytes.text(cursor.value());
                }
            }
            case "members" -> members.add(member(cursor));
            case "alarm" -> alarms.add(alarm(cursor));
            default -> {}
        }
    }

    private void takeKey(Cursor cursor) {
        KeyRevision revision = KeyRevision.at(cursor);
        latest = revision.main();
        if (cursor.value().byteSize() == 0 && !revision.tombstone()) {
            lastBump = OptionalLong.of(revision.main());
        }
    }

    private void takeMeta(Cursor cursor) {
        switch (Bytes.text(cursor.key())) {
            case "consistent_index" -> consistentIndex = number(cursor);
            case "term" -> term = OptionalLong.of(number(cursor));
            case "scheduledCompactRev" -> scheduledCompact = OptionalLong.of(KeyRevision.storedMain(cursor));
            case "finishedCompactRev" -> finishedCompact = OptionalLong.of(KeyRevision.storedMain(cursor));
            case "storageVersion" -> storageVersion = Bytes.text(cursor.value());
            default -> {}
        }
    }

    private static long number(Cursor cursor) {
        long length = cursor.value().byteSize();
        if (length != Long.BYTES) {
            throw cursor.damaged("a number of the bucket 'meta' has " + length + " bytes");
        }
        return Bytes.big64(cursor.value(), 0);
    }

    /** The key is a message AlarmMember of etcd's api/etcdserverpb/rpc.proto, the value is empty. */
    private static Alarm alarm(Cursor cursor) {
        long member = 0;
        long type = 0;
        ProtoFields fields = new ProtoFields(cursor.key(), cursor);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> member = fields.number();
                case 2 -> type = fields.number();
                default -> {}
            }
        }
        return Alarm.of(new MemberId(member), type);
    }

    private static Member member(Cursor cursor) {
        try {
            return MemberJson.read(MemberId.parse(Bytes.text(cursor.key())), Bytes.copy(cursor.value()));
        } catch (IllegalArgumentException malformed) {
            throw cursor.damaged("a member cannot be read: " + malformed.getMessage());
        }
    }
}
