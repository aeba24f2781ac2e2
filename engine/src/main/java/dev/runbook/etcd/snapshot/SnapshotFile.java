package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.BboltFile;
import dev.runbook.etcd.bbolt.Bucket;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.bbolt.MappedBytes;
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
     * Opens a file and checks its meta pages, its size, and that it is etcd's. {@link #summarize()} checks the trailing
     * SHA-256, because that takes as long as reading the whole file.
     *
     * @throws BadSnapshot when it is not a readable snapshot
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
     * Reads the whole file and summarizes it.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public SnapshotSummary summarize() throws BadSnapshot {
        return summarize(true, size() < Summarizer.WORTH_THREADS);
    }

    /**
     * As {@link #summarize()} without the SHA-256, which takes longer than all the rest: keys or values that were changed
     * after the file was saved are not detected.
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
     * The HashKV that a member with this store reports for a revision.
     *
     * @param revision not below the compacted one, and not above the last one
     * @throws BadSnapshot when the file has no such revision, or turns out to be damaged
     */
    public HashPrediction hashKv(long revision) throws BadSnapshot {
        return new RestoredStoreReader(this).hashAt(revision);
    }

    /** The mapped file; offsets count from its start. */
    MemorySegment bytes() {
        return database.bytes();
    }

    void checkRevision(long revision, long compacted, long last) throws BadSnapshot {
        if (revision < 1 || revision < compacted || revision > Math.max(last, Math.max(compacted, 1))) {
            throw new BadSnapshot(path(), new BadSnapshot.NoSuchRevision(revision, compacted, last));
        }
    }

    /**
     * The last compaction that was scheduled, because a member finishes it at its start; -1 when there was no compaction.
     */
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
