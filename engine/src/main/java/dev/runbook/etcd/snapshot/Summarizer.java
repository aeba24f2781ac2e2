package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.identity.Alarm;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.identity.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Walks every bucket of a snapshot once. */
final class Summarizer {
    private final SnapshotFile file;
    private final RunChecksum statusHash;
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
        this.statusHash = new RunChecksum(file.bytes());
    }

    SnapshotSummary summarize() throws BadSnapshot {
        // The hash of the file takes as long as the walk: each has a core of its own.
        Future<FileHash> hash;
        long liveKeys;
        try (ExecutorService second = Executors.newSingleThreadExecutor();
                LiveIndex live = new LiveIndex(file.bytes())) {
            hash = second.submit(file::hash);
            try {
                file.<Boolean>guarded(() -> walkAll(live));
            } catch (BadSnapshot | RuntimeException failure) {
                second.shutdownNow();
                throw failure;
            }
            liveKeys = live.keys();
        }
        return summary(hashed(hash), liveKeys);
    }

    private static FileHash hashed(Future<FileHash> hash) throws BadSnapshot {
        return switch (hash.state()) {
            case SUCCESS -> hash.resultNow();
            case FAILED -> {
                if (hash.exceptionNow() instanceof BadSnapshot bad) {
                    throw bad;
                }
                throw new IllegalStateException("hashing a snapshot failed", hash.exceptionNow());
            }
            case RUNNING, CANCELLED -> throw new IllegalStateException("interrupted while a snapshot was hashed");
        };
    }

    private boolean walkAll(LiveIndex live) throws BadSnapshot {
        Cursor buckets = file.root().cursor();
        while (buckets.step()) {
            walk(Bytes.text(buckets.key()), buckets, live);
        }
        return true;
    }

    private SnapshotSummary summary(FileHash hash, long liveKeys) {
        members.sort(Comparator.comparing(Member::id));
        return new SnapshotSummary(
                new SnapshotSummary.Storage(
                        file.size(), hash.sha256(), hash.trailer(), file.pageSize(), file.transaction()),
                new SnapshotSummary.Revisions(latest, scheduledCompact, finishedCompact, lastBump),
                new SnapshotSummary.Progress(consistentIndex, term),
                new SnapshotSummary.Status(statusHash.value(), entries, liveKeys, file.totalSize()),
                members,
                Optional.ofNullable(clusterVersion),
                Optional.ofNullable(storageVersion),
                alarms);
    }

    private void walk(String name, Cursor buckets, LiveIndex live) throws BadSnapshot {
        statusHash.addKey(buckets);
        Cursor cursor = file.bucketAt(buckets).cursor();
        boolean keys = name.equals("key");
        for (long ordinal = 0; cursor.step(); ordinal++) {
            entries++;
            statusHash.addEntry(cursor);
            if (keys) {
                takeKey(cursor, ordinal, live);
            } else {
                take(name, cursor);
            }
        }
    }

    private void take(String bucket, Cursor cursor) {
        switch (bucket) {
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

    private void takeKey(Cursor cursor, long ordinal, LiveIndex live) {
        KeyRevision revision = KeyRevision.at(cursor);
        live.put(cursor, ordinal, revision);
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
        ProtoFields fields = new ProtoFields(cursor.key(), cursor::damaged);
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
