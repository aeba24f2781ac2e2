package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.Cursor;
import java.lang.foreign.MemorySegment;

/**
 * A {@link Crc32c} of many small pieces of a file, which hashes adjacent pieces together: bbolt writes the keys and values
 * of a page one after the other.
 */
public final class CoalescingChecksum {
    private Crc32c checksum = new Crc32c();
    private long done;
    private final MemorySegment file;
    /** Bytes in {@code checksum}; {@code done} is the checksum of those before them. */
    private long hashed;

    private long start;
    private long end;

    public CoalescingChecksum(MemorySegment file) {
        this.file = file;
    }

    public void update(byte[] bytes) {
        flush();
        checksum.update(bytes);
        hashed += bytes.length;
    }

    /** Adds entries that were hashed elsewhere. */
    public void addHashed(KeyTotals entries) {
        done = Crc32c.concatenated(value(), entries.checksum(), entries.bytes());
        checksum = new Crc32c();
        hashed = 0;
    }

    /** Adds the key at the position of a cursor. */
    public void addKey(Cursor cursor) {
        add(cursor.offset(), cursor.keyLength());
    }

    /** Adds the key at the position of a cursor, and its value, which follows it. */
    public void addEntry(Cursor cursor) {
        add(cursor.offset(), cursor.keyLength() + cursor.valueLength());
    }

    private void add(long offset, long length) {
        if (offset != end) {
            flush();
            start = offset;
        }
        end = offset + length;
    }

    private void flush() {
        checksum.update(file.asSlice(start, end - start));
        hashed += end - start;
        start = end;
    }

    /** 0 to 2^32 - 1. */
    public long value() {
        flush();
        return Crc32c.concatenated(done, checksum.value(), hashed);
    }
}
