package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.BboltFile;
import dev.runbook.etcd.bbolt.Bucket;
import dev.runbook.etcd.bbolt.MappedBytes;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.store.KeyRevision;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A snapshot that {@code etcdctl snapshot save} wrote, or a copied {@code member/snap/db} of a stopped member, opened
 * for reading. Several threads may use it, as they may its {@link BboltFile}.
 */
public final class SnapshotFile implements AutoCloseable {
    private final BboltFile database;

    private SnapshotFile(BboltFile database) {
        this.database = database;
    }

    /**
     * Opens a file and checks its frame: meta pages, size, and that it is etcd's. It does not check the trailing SHA-256,
     * which takes the time of reading everything: {@link #summarize()} does.
     *
     * @throws BadSnapshot when it is no readable snapshot
     */
    public static SnapshotFile open(Path path) throws BadSnapshot {
        BboltFile database = BboltFile.open(path);
        try {
            return of(database);
        } catch (BadSnapshot | RuntimeException | Error failure) {
            database.close();
            throw failure;
        }
    }

    /** As {@link #open}, for a database that is open; closing the result closes the database. */
    static SnapshotFile of(BboltFile database) throws BadSnapshot {
        SnapshotFile opened = new SnapshotFile(database);
        opened.require("key");
        opened.require("meta");
        return opened;
    }

    public Path path() {
        return database.path();
    }

    /** Bytes, trailer included. */
    public long size() {
        return database.size();
    }

    /** Bytes a page has, a power of two. */
    public int pageSize() {
        return database.pages().meta().pageSize();
    }

    /** ID of bbolt's last transaction. */
    public long transaction() {
        return database.pages().meta().transaction();
    }

    /** Bytes of the pages in use, which {@code snapshot status} prints as total size. */
    public long totalSize() {
        return database.pages().meta().usedBytes();
    }

    /**
     * Reads the whole file: its hashes and what it holds.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public SnapshotSummary summarize() throws BadSnapshot {
        return summarize(true, size() < Summarizer.WORTH_THREADS);
    }

    /**
     * As {@link #summarize()} without any SHA-256, which takes longer than all the rest: bytes of keys or values that were
     * changed after the file was saved go unnoticed.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public SnapshotSummary summarizeUnhashed() throws BadSnapshot {
        return summarize(false, size() < Summarizer.WORTH_THREADS);
    }

    SnapshotSummary summarize(boolean hashed, boolean alone) throws BadSnapshot {
        return new Summarizer(this, database).summarize(hashed, alone);
    }

    /**
     * What HashKV of a member with this store answers for a revision.
     *
     * @param revision not below what is compacted, and not beyond the last one
     * @throws BadSnapshot when there is no such revision, or the file turns out to be damaged
     */
    public HashPrediction hashKv(long revision) throws BadSnapshot {
        return new RestoredStoreReader(this).hashAt(revision);
    }

    /** Offsets count from its start. */
    MemorySegment bytes() {
        return database.bytes();
    }

    void checkRevision(long revision, long compacted, long last) throws BadSnapshot {
        if (revision < 1 || revision < compacted || revision > Math.max(last, Math.max(compacted, 1))) {
            throw new BadSnapshot(path(), new BadSnapshot.NoSuchRevision(revision, compacted, last));
        }
    }

    /** A member finishes at its start the compaction that was scheduled last; -1 when there was none. */
    long compactRevision() throws BadSnapshot {
        long compacted = -1;
        Cursor cursor = require("meta").cursor();
        while (cursor.next()) {
            String name = MappedBytes.text(cursor.key());
            if (name.equals("scheduledCompactRev") || name.equals("finishedCompactRev")) {
                compacted = Math.max(compacted, KeyRevision.storedMain(cursor));
            }
        }
        return compacted;
    }

    Bucket require(String name) throws BadSnapshot {
        return database.bucket(name).orElseThrow(() -> new BadSnapshot(path(), new BadSnapshot.NotEtcd(name)));
    }

    <T> T guarded(BboltFile.Read<T> read) throws BadSnapshot {
        return database.guarded(read);
    }

    /** Unmaps the file; views of its keys can no longer be used. */
    @Override
    public void close() {
        database.close();
    }
}
