package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.bbolt.MappedBytes;
import dev.runbook.etcd.bbolt.Page;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A key of the bucket {@code key}, the revision of one change of the store (etcd: server/storage/mvcc/revision.go).
 *
 * @param main the store's revision
 * @param sub position within the transaction of that revision
 * @param tombstone whether the change deletes its key
 */
public record KeyRevision(long main, long sub, boolean tombstone) implements Comparable<KeyRevision> {
    static final String NOT_A_REVISION = "a key of the bucket 'key' is not a revision";
    static final int LENGTH = 17;
    static final int TOMBSTONE = LENGTH + 1;
    /** Where the second number starts. */
    static final int SUB = 9;

    public KeyRevision {
        if (main < 0 || sub < 0) {
            throw new IllegalArgumentException("negative revision " + main + "_" + sub);
        }
    }

    public static KeyRevision at(Cursor cursor) {
        MemorySegment key = cursor.key();
        if (!isRevision(key)) {
            throw cursor.damaged(NOT_A_REVISION);
        }
        return of(key);
    }

    /** The key of an element of a branch. */
    static KeyRevision at(Page branch, int index) {
        MemorySegment key = branch.key(index);
        if (!isRevision(key)) {
            throw branch.damaged(index, NOT_A_REVISION);
        }
        return of(key);
    }

    /** Whether a key is formatted as a revision. */
    static boolean isRevision(MemorySegment key) {
        long length = key.byteSize();
        return (length == LENGTH || (length == TOMBSTONE && MappedBytes.at(key, LENGTH) == 't'))
                && MappedBytes.at(key, 8) == '_'
                && MappedBytes.big64(key, 0) >= 0
                && MappedBytes.big64(key, SUB) >= 0;
    }

    static KeyRevision of(MemorySegment key) {
        return new KeyRevision(MappedBytes.big64(key, 0), MappedBytes.big64(key, SUB), key.byteSize() == TOMBSTONE);
    }

    /** The main revision in a value of the bucket {@code meta}, formatted as a key of the bucket {@code key}. */
    public static long storedMain(Cursor cursor) {
        MemorySegment value = cursor.value();
        if (value.byteSize() < Long.BYTES || MappedBytes.big64(value, 0) < 0) {
            throw cursor.damaged("a value of the bucket 'meta' is not a revision");
        }
        return MappedBytes.big64(value, 0);
    }

    /** In the order of their bytes. */
    @Override
    public int compareTo(KeyRevision other) {
        int order = Long.compare(main, other.main);
        if (order == 0) {
            order = Long.compare(sub, other.sub);
        }
        return order == 0 ? Boolean.compare(tombstone, other.tombstone) : order;
    }

    /** The key under which etcd stores it. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(tombstone ? LENGTH + 1 : LENGTH);
        bytes.putLong(main).put((byte) '_').putLong(sub);
        return tombstone ? bytes.put((byte) 't').array() : bytes.array();
    }
}
