package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.LeafBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The first bytes of an entry of the bucket {@code key}, which nearly always hold all that is needed; an array, as a
 * {@link LeafBuffer} is.
 */
final class EntryHead {
    private static final int COPIED = 256;
    private static final int KEY_TAG = (1 << 3) | 2;

    private final byte[] own = new byte[COPIED];
    private byte[] bytes = own;
    private int start;
    private int length;
    private int position;
    private int name;
    private int nameLength;

    /** @param end where the entry ends, from the start of the file */
    void read(LeafBuffer leaf, MemorySegment file, long key, long end) {
        length = (int) Math.min(end - key, COPIED);
        if (leaf.has(key, key + length)) {
            bytes = leaf.bytes();
            start = (int) (key - leaf.offset());
        } else {
            bytes = own;
            start = 0;
            MemorySegment.copy(file, ValueLayout.JAVA_BYTE, key, own, 0, length);
        }
    }

    /** Whether the key, which has this length, is formatted as a revision. */
    boolean isRevision(long keyLength) {
        return (keyLength == KeyRevision.LENGTH || (keyLength == KeyRevision.TOMBSTONE && at(17) == 't'))
                && at(8) == '_'
                && at(0) >= 0
                && at(KeyRevision.SUB) >= 0;
    }

    long main() {
        return big64(0);
    }

    long sub() {
        return big64(KeyRevision.SUB);
    }

    private byte at(int offset) {
        return bytes[start + offset];
    }

    private long big64(int offset) {
        long high = big32(offset);
        return (high << Integer.SIZE) | (big32(offset + Integer.BYTES) & 0xFFFF_FFFFL);
    }

    private int big32(int offset) {
        return (at(offset) << 24)
                | ((at(offset + 1) & 0xff) << 16)
                | ((at(offset + 2) & 0xff) << 8)
                | (at(offset + 3) & 0xff);
    }

    /**
     * Finds the name in the message that follows the key.
     *
     * @param messageLength bytes
     * @return false when the message is not laid out as etcd writes it, with the name first, or its end is not in these bytes;
     *     it may be valid all the same
     */
    boolean findName(int keyLength, long messageLength) {
        position = keyLength;
        if (messageLength < 2 || keyLength + 2 > length || at(position++) != KEY_TAG) {
            return false;
        }
        long bytesOfName = number();
        if (position < 0 || bytesOfName <= 0 || bytesOfName > Math.min(length, keyLength + messageLength) - position) {
            return false;
        }
        name = position;
        nameLength = (int) bytesOfName;
        position += nameLength;
        return validRest(keyLength + messageLength);
    }

    /** Whether numbers follow the name, then a value that reaches the end. */
    private boolean validRest(long end) {
        while (position >= 0 && position < Math.min(end, length)) {
            int tag = at(position++);
            if (tag <= KEY_TAG) {
                return false;
            }
            long number = number();
            switch (tag & 7) {
                case 0 -> {}
                case 2 -> {
                    if (position < 0 || number < 0 || number > end - position) {
                        return false;
                    }
                    if (position + number == end) {
                        return true;
                    }
                    if (position + number > length) {
                        return false;
                    }
                    position += (int) number;
                }
                default -> {
                    return false;
                }
            }
        }
        return position == end;
    }

    /** Leaves the position negative when the number does not end in these bytes. */
    private long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && position >= 0 && position < length; shift += 7) {
            byte next = at(position++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        position = Integer.MIN_VALUE;
        return -1;
    }

    /** Offset of the name, in bytes from the start of the entry. */
    int name() {
        return name;
    }

    int nameLength() {
        return nameLength;
    }

    /** A hash of the name that cannot be predicted without the seed. */
    long hash(long seed) {
        return KeyNameHash.of(bytes, start + name, nameLength, seed);
    }
}
