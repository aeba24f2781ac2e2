package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.MappedBytes;
import java.lang.foreign.MemorySegment;

/**
 * A checked element of a leaf page of the bucket {@code key}, by its offset in the file; nothing is copied.
 *
 * @param offset bytes from the start of the file
 */
record LeafElement(MemorySegment file, long offset) {
    private long key() {
        return offset + MappedBytes.unsigned32(file, offset + 4);
    }

    private long value() {
        return key() + MappedBytes.unsigned32(file, offset + 8);
    }

    KeyRevision revision() {
        return KeyRevision.of(file.asSlice(key(), value() - key()));
    }

    /** Whether its message has the same name as these bytes elsewhere in the file. */
    boolean hasName(long start, long length) {
        long value = value();
        KeyNameSpan name = KeyNameSpan.of(
                file,
                value,
                value + MappedBytes.unsigned32(file, offset + 12),
                what -> new DamagedPage(0, offset, what));
        return name.length() == length
                && MemorySegment.mismatch(file, name.start(), name.start() + length, file, start, start + length) < 0;
    }
}
