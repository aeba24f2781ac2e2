package dev.runbook.etcd.snapshot;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A key of the bucket {@code key}: which change of the store an entry is (etcd: server/storage/mvcc/revision.go).
 *
 * @param main the store's revision
 * @param sub position within the transaction of that revision
 * @param tombstone whether the change deletes its key
 */
public record KeyRevision(long main, long sub, boolean tombstone) {
    private static final int LENGTH = 17;

    public KeyRevision {
        if (main < 0 || sub < 0) {
            throw new IllegalArgumentException("negative revision " + main + "_" + sub);
        }
    }

    static KeyRevision at(Cursor cursor) {
        MemorySegment key = cursor.key();
        long length = key.byteSize();
        boolean tombstone = length == LENGTH + 1;
        if ((length != LENGTH && !tombstone)
                || Bytes.at(key, 8) != '_'
                || (tombstone && Bytes.at(key, LENGTH) != 't')
                || Bytes.big64(key, 0) < 0
                || Bytes.big64(key, 9) < 0) {
            throw cursor.damaged("a key of the bucket 'key' is no revision");
        }
        return new KeyRevision(Bytes.big64(key, 0), Bytes.big64(key, 9), tombstone);
    }

    /** The main revision that the bucket {@code meta} stores at a cursor, in the form of a key of this bucket. */
    static long storedMain(Cursor cursor) {
        MemorySegment value = cursor.value();
        if (value.byteSize() < Long.BYTES || Bytes.big64(value, 0) < 0) {
            throw cursor.damaged("a value of the bucket 'meta' is no revision");
        }
        return Bytes.big64(value, 0);
    }

    /** The bytes under which etcd stores it. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(tombstone ? LENGTH + 1 : LENGTH);
        bytes.putLong(main).put((byte) '_').putLong(sub);
        return tombstone ? bytes.put((byte) 't').array() : bytes.array();
    }
}
