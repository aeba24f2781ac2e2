package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.MappedBytes;
import dev.runbook.etcd.store.KeyRevision;
import dev.runbook.etcd.store.LiveKeyIndex;
import dev.runbook.etcd.store.OffHeapSort;
import dev.runbook.etcd.store.StoredKey;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The store as clients saw it at one revision: live keys with their values, in byte order. It needs about 40 bytes a key,
 * off the heap. Readable while its {@link SnapshotFile} is open; for one thread.
 */
public final class StoreView implements AutoCloseable {
    private final SnapshotFile snapshot;
    private final LiveKeyIndex index;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment sorted;
    private final long count;
    private final long revision;

    private StoreView(SnapshotFile snapshot, LiveKeyIndex index, long revision) {
        this.snapshot = snapshot;
        this.index = index;
        this.revision = revision;
        // The record of a bump has the empty name, which no client can use.
        this.count = index.keys();
        this.sorted = arena.allocate(Math.max(1, count) * Long.BYTES, Long.BYTES);
        long[] next = {0};
        index.forEach(slot -> {
            if (index.nameAt(slot).byteSize() > 0) {
                sorted.setAtIndex(ValueLayout.JAVA_LONG, next[0]++, slot);
            }
        });
        new OffHeapSort(sorted, (left, right) -> MappedBytes.compare(index.nameAt(left), index.nameAt(right)))
                .sort(count);
    }

    /**
     * The store at its last revision.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public static StoreView latest(SnapshotFile snapshot) throws BadSnapshot {
        return read(snapshot, Long.MAX_VALUE);
    }

    /**
     * The store at a revision.
     *
     * @throws BadSnapshot when it was compacted or is above the last one, or the file turns out to be damaged
     */
    public static StoreView at(SnapshotFile snapshot, long revision) throws BadSnapshot {
        if (revision < 1) {
            snapshot.checkRevision(revision, snapshot.compactRevision(), 0);
        }
        return read(snapshot, revision);
    }

    private static StoreView read(SnapshotFile snapshot, long limit) throws BadSnapshot {
        LiveKeyIndex index = new LiveKeyIndex(snapshot.bytes());
        try {
            return snapshot.guarded(() -> {
                Cursor cursor = snapshot.require("key").cursor();
                long last = 0;
                for (long ordinal = 0; cursor.step(); ordinal++) {
                    KeyRevision entry = KeyRevision.at(cursor);
                    last = entry.main();
                    if (last <= limit) {
                        index.put(cursor, ordinal, entry);
                    }
                }
                long compacted = snapshot.compactRevision();
                if (limit == Long.MAX_VALUE) {
                    return new StoreView(snapshot, index, Math.max(Math.max(last, 1), compacted));
                }
                snapshot.checkRevision(limit, compacted, last);
                return new StoreView(snapshot, index, limit);
            });
        } catch (BadSnapshot | RuntimeException failure) {
            index.close();
            throw failure;
        }
    }

    public long revision() {
        return revision;
    }

    /** Number of keys. */
    public long size() {
        return count;
    }

    /**
     * The key at a position in byte order.
     *
     * @param position 0 to {@link #size()} - 1
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public StoredKey key(long position) throws BadSnapshot {
        MemorySegment message =
                index.at(sorted.getAtIndex(ValueLayout.JAVA_LONG, position)).message();
        return snapshot.guarded(() -> StoredKey.read(message, what -> damaged(message, what)));
    }

    /**
     * Finds a key by its name.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public Optional<StoredKey> find(byte[] name) throws BadSnapshot {
        MemorySegment wanted = MemorySegment.ofArray(name);
        long low = 0;
        long high = count - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            StoredKey key = key(middle);
            int order = MappedBytes.compare(key.name(), wanted);
            if (order == 0) {
                return Optional.of(key);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** Passes every key to a visitor, in byte order. */
    public void forEach(KeyVisitor visitor) throws BadSnapshot {
        for (long position = 0; position < count; position++) {
            visitor.visit(key(position));
        }
    }

    /** Visits keys one by one. */
    @FunctionalInterface
    public interface KeyVisitor {
        void visit(StoredKey key) throws BadSnapshot;
    }

    private DamagedPage damaged(MemorySegment message, String what) {
        long offset = message.address() - snapshot.bytes().address();
        return new DamagedPage(offset / snapshot.pageSize(), offset, what);
    }

    @Override
    public void close() {
        arena.close();
        index.close();
    }
}
