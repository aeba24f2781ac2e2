package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.Cursor;
import java.lang.foreign.MemorySegment;

/**
 * A {@link Crc32c} of many small pieces of a file. bbolt writes the keys and values of a page one after the other, so
 * that they are hashed in one go.
 */
public final class CoalescingChecksum {
    private Crc32c checksum = new Crc32c();
    private long done;
    private final MemorySegment file;
    /** Bytes in {@code checksum}; {@code done} stands for those before them. */
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

    /** A part that was hashed elsewhere. */
    public void addDone(KeyTotals part) {
        done = Crc32c.joined(value(), part.checksum(), part.bytes());
        checksum = new Crc32c();
        hashed = 0;
    }

    /** The key at which a cursor stands. */
    public void addKey(Cursor cursor) {
        add(cursor.offset(), cursor.keyLength());
    }

    /** The key at which a cursor stands and its value, which stands behind it. */
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
        return Crc32c.joined(done, checksum.value(), hashed);
    }
}
