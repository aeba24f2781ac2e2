package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;

/**
 * A branch or leaf page of bbolt (bbolt: internal/common/page.go).
 *
 * @param bytes header, elements, and the keys and values that they point at
 * @param number the page's number; of an inline page, that of the page around it
 * @param offset bytes from the start of the file
 * @param branch whether its elements lead to other pages instead of values
 * @param count number of elements
 */
public record Page(MemorySegment bytes, long number, long offset, boolean branch, int count) {
    private static final int BRANCH = 1;
    static final int LEAF = 2;
    private static final int ELEMENT = 16;
    private static final int BUCKET = 1;

    static Page read(MemorySegment bytes, long number, long offset) {
        int flags = MappedBytes.unsigned16(bytes, 8);
        if (flags != BRANCH && flags != LEAF) {
            throw new DamagedPage(
                    number, offset + 8, "it is neither a branch nor a leaf (flags 0x%x)".formatted(flags));
        }
        int count = MappedBytes.unsigned16(bytes, 10);
        if (MetaPage.HEADER + (long) count * ELEMENT > bytes.byteSize()) {
            throw new DamagedPage(number, offset + 10, count + " elements do not fit into the page");
        }
        if (flags == BRANCH && count == 0) {
            throw new DamagedPage(number, offset + 10, "a branch without elements");
        }
        return new Page(bytes, number, offset, flags == BRANCH, count);
    }

    /** Whether a page with these bytes is a branch. */
    public static boolean isBranch(MemorySegment bytes) {
        return MappedBytes.unsigned16(bytes, 8) == BRANCH;
    }

    /** The page that an element of a branch leads to. */
    public long child(int index) {
        return MappedBytes.little64(bytes, element(index) + 8);
    }

    public MemorySegment key(int index) {
        long element = element(index);
        return branch
                ? slice(element, MappedBytes.unsigned32(bytes, element), 0, MappedBytes.unsigned32(bytes, element + 4))
                : slice(
                        element,
                        MappedBytes.unsigned32(bytes, element + 4),
                        0,
                        MappedBytes.unsigned32(bytes, element + 8));
    }

    /** The value of an element of a leaf. */
    public MemorySegment value(int index) {
        long element = element(index);
        return slice(
                element,
                MappedBytes.unsigned32(bytes, element + 4),
                MappedBytes.unsigned32(bytes, element + 8),
                MappedBytes.unsigned32(bytes, element + 12));
    }

    /** Offset of the key of an element of a leaf, in bytes from the start of the file. */
    public long keyOffset(int index) {
        return offset + element(index) + MappedBytes.unsigned32(bytes, element(index) + 4);
    }

    /** Length of the key of an element of a leaf. */
    public long keyLength(int index) {
        return MappedBytes.unsigned32(bytes, element(index) + 8);
    }

    /** Length of the value of an element of a leaf. */
    public long valueLength(int index) {
        return MappedBytes.unsigned32(bytes, element(index) + 12);
    }

    /** Whether an element of a leaf is a bucket instead of a value. */
    public boolean bucket(int index) {
        return (MappedBytes.unsigned32(bytes, element(index)) & BUCKET) != 0;
    }

    public DamagedPage damaged(int index, String what) {
        return new DamagedPage(number, offset + element(index), "element " + index + ": " + what);
    }

    private static long element(int index) {
        return MetaPage.HEADER + (long) index * ELEMENT;
    }

    /** All lengths are below 2^32, so their sum cannot overflow. */
    private MemorySegment slice(long element, long position, long skipped, long length) {
        long start = element + position + skipped;
        if (start + length > bytes.byteSize()) {
            throw new DamagedPage(number, offset + element, "an element ends beyond the page");
        }
        return bytes.asSlice(start, length);
    }
}
