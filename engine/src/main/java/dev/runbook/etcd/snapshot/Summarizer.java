package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.BboltFile;
import dev.runbook.etcd.bbolt.Bucket;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.bbolt.FileHash;
import dev.runbook.etcd.bbolt.FreelistCheck;
import dev.runbook.etcd.bbolt.MappedBytes;
import dev.runbook.etcd.bbolt.PageBitmap;
import dev.runbook.etcd.bbolt.Pages;
import dev.runbook.etcd.identity.Alarm;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.identity.MemberId;
import dev.runbook.etcd.store.CoalescingChecksum;
import dev.runbook.etcd.store.KeyRevision;
import dev.runbook.etcd.store.KeyTotals;
import dev.runbook.etcd.store.LiveKeyCounter;
import dev.runbook.etcd.store.ParallelKeyWalk;
import dev.runbook.etcd.store.ProtobufFields;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Walks every bucket of a snapshot once and summarizes it. */
final class Summarizer {
    private static final int MAX_THREADS = 8;
    /** Size of a file in bytes; for a smaller one, starting threads takes longer than they save. */
    static final long WORTH_THREADS = 16 << 20;

    private final SnapshotFile file;
    private final BboltFile database;
    private final CoalescingChecksum statusHash;
    private final List<Member> members = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final LeftoversReader leftovers = new LeftoversReader();
    private long entries;
    private long latest;
    private OptionalLong lastBump = OptionalLong.empty();
    private OptionalLong scheduledCompact = OptionalLong.empty();
    private OptionalLong finishedCompact = OptionalLong.empty();
    private OptionalLong term = OptionalLong.empty();
    private long consistentIndex;
    private @Nullable String clusterVersion;
    private @Nullable String storageVersion;

    Summarizer(SnapshotFile file, BboltFile database) {
        this.file = file;
        this.database = database;
        this.statusHash = new CoalescingChecksum(file.bytes());
    }

    /**
     * Summarizes the file.
     *
     * @param hashed whether to compute the SHA-256 of the file, which keeps one core busy for longer than the walk
     * @param alone whether the caller's thread does all the work
     */
    SnapshotSummary summarize(boolean hashed, boolean alone) throws BadSnapshot {
        int cores = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
        int walkers = alone ? 1 : Math.max(1, cores - (hashed ? 1 : 0));
        Pages pages = database.pages();
        try (PageBitmap visited = PageBitmap.forWalk(pages.meta(), arena(alone));
                LiveKeyCounter liveKeys = new LiveKeyCounter(pages.meta(), arena(alone));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            try {
                FutureTask<FileHash> hash = new FutureTask<>(hashed ? database::hash : () -> FileHash.NONE);
                if (alone) {
                    hash.run();
                } else {
                    threads.execute(hash);
                }
                database.<Boolean>guarded(() -> {
                    walkBuckets(
                            pages.marking(visited),
                            new ParallelKeyWalk(pages.marking(visited), liveKeys, threads, walkers));
                    FreelistCheck.check(pages, visited);
                    return true;
                });
                return summary(await(hash), liveKeys.live());
            } catch (BadSnapshot | RuntimeException | Error failure) {
                threads.shutdownNow();
                throw failure;
            }
        }
    }

    private static Arena arena(boolean alone) {
        return alone ? Arena.ofConfined() : Arena.ofShared();
    }

    private static FileHash await(Future<FileHash> hash) throws BadSnapshot {
        try {
            return hash.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof BadSnapshot bad) {
                throw bad;
            }
            throw new IllegalStateException("hashing a snapshot failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a snapshot was hashed", interrupted);
        }
    }

    private void walkBuckets(Pages visiting, ParallelKeyWalk keys) throws BadSnapshot {
        Cursor buckets = Bucket.rootOf(database, visiting).cursor();
        while (buckets.step()) {
            String name = MappedBytes.text(buckets.key());
            Bucket bucket = Bucket.at(database, visiting, buckets);
            statusHash.addKey(buckets);
            if (name.equals("key")) {
                add(keys.walk(bucket.root()));
            } else {
                walk(name, bucket.cursor());
            }
        }
    }

    private void add(KeyTotals keys) {
        statusHash.addHashed(keys);
        entries += keys.entries();
        latest = Math.max(0, keys.latest());
        lastBump = keys.bump() < 0 ? OptionalLong.empty() : OptionalLong.of(keys.bump());
    }

    private void walk(String name, Cursor cursor) {
        while (cursor.step()) {
            entries++;
            statusHash.addEntry(cursor);
            read(name, cursor);
        }
    }

    private SnapshotSummary summary(FileHash hash, long liveKeys) {
        members.sort(Comparator.comparing(Member::id));
        return new SnapshotSummary(
                new SnapshotSummary.Storage(
                        file.size(), hash.sha256(), hash.trailer(), file.pageSize(), file.transaction()),
                new SnapshotSummary.Revisions(latest, scheduledCompact, finishedCompact, lastBump),
                new SnapshotSummary.Progress(consistentIndex, term),
                new SnapshotSummary.Status(
                        statusHash.value(), entries, liveKeys + (lastBump.isPresent() ? 1 : 0), file.totalSize()),
                members,
                Optional.ofNullable(clusterVersion),
                Optional.ofNullable(storageVersion),
                alarms,
                leftovers.leftovers());
    }

    private void read(String bucket, Cursor cursor) {
        switch (bucket) {
            case "meta" -> readMeta(cursor);
            case "cluster" -> {
                switch (MappedBytes.text(cursor.key())) {
                    case "clusterVersion" -> clusterVersion = MappedBytes.text(cursor.value());
                    case "downgrade" -> leftovers.readDowngrade(cursor);
                    default -> {}
                }
            }
            case "members" -> members.add(member(cursor));
            case "members_removed" -> leftovers.readRemoved(cursor);
            case "auth" -> leftovers.readAuth(cursor);
            case "alarm" -> alarms.add(alarm(cursor));
            default -> {}
        }
    }

    private void readMeta(Cursor cursor) {
        switch (MappedBytes.text(cursor.key())) {
            case "consistent_index" -> consistentIndex = number(cursor);
            case "term" -> term = OptionalLong.of(number(cursor));
            case "scheduledCompactRev" -> scheduledCompact = OptionalLong.of(KeyRevision.storedMain(cursor));
            case "finishedCompactRev" -> finishedCompact = OptionalLong.of(KeyRevision.storedMain(cursor));
            case "storageVersion" -> storageVersion = MappedBytes.text(cursor.value());
            default -> {}
        }
    }

    private static long number(Cursor cursor) {
        long length = cursor.value().byteSize();
        if (length != Long.BYTES) {
            throw cursor.damaged("a number of the bucket 'meta' has " + length + " bytes");
        }
        return MappedBytes.big64(cursor.value(), 0);
    }

    /** The key is a message AlarmMember of etcd's api/etcdserverpb/rpc.proto, the value is empty. */
    private static Alarm alarm(Cursor cursor) {
        long member = 0;
        long type = 0;
        ProtobufFields fields = new ProtobufFields(cursor.key(), cursor::damaged);
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
            return MemberJson.read(MemberId.parse(MappedBytes.text(cursor.key())), MappedBytes.copy(cursor.value()));
        } catch (IllegalArgumentException malformed) {
            throw cursor.damaged("a member cannot be read: " + malformed.getMessage());
        }
    }
}
