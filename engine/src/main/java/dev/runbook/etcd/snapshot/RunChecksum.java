package dev.runbook.etcd.snapshot;

import java.lang.foreign.MemorySegment;

/**
 * A {@link Checksum} of many small pieces of a file. bbolt writes the keys and values of a page one after the other, so
 * that they are hashed in one go.
 */
final class RunChecksum {
    private final Checksum checksum = new Checksum();
    private final MemorySegment file;
    private long start;
    private long end;

    RunChecksum(MemorySegment file) {
        this.file = file;
    }

    void update(byte[] bytes) {
        flush();
        checksum.update(bytes);
    }

    /** The key at which a cursor stands. */
    void addKey(Cursor cursor) {
        add(cursor.offset(), cursor.keyLength());
    }

    /** The key at which a cursor stands and its value, which stands behind it. */
    void addEntry(Cursor cursor) {
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
        start = end;
    }

    /** 0 to 2^32 - 1. */
    long value() {
        flush();
        return checksum.value();
    }
}
