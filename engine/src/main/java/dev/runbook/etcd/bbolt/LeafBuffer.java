package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A copy of a leaf page on the heap. Before the JIT has compiled the code, an array is read far faster than mapped memory; and
 * no other thread shares it. Of a page with much overflow only the first bytes are copied.
 */
public final class LeafBuffer {
    private static final int ELEMENT = 16;
    private static final int COPIED_AT_MOST = 1 << 16;

    private final Pages pages;
    private final MemorySegment file;
    private byte[] bytes;
    private int copied;
    private long number;
    private long offset;
    private long end;
    private int count;

    public LeafBuffer(Pages pages) {
        this.pages = pages;
        this.file = pages.file();
        this.bytes = new byte[Math.min(pages.meta().pageSize(), COPIED_AT_MOST)];
    }

    /** Reads a page; false when it is not a leaf, or a damaged one. */
    public boolean read(long page) {
        MetaPage meta = pages.meta();
        if (page < 2 || page >= meta.highWater()) {
            return false;
        }
        number = page;
        offset = page * meta.pageSize();
        copy(Math.min(meta.pageSize(), COPIED_AT_MOST));
        long itself = little32(0) | (little32(4) << Integer.SIZE);
        long spanned = 1 + little32(12);
        end = offset + spanned * meta.pageSize();
        count = (int) (little32(8) >>> Short.SIZE);
        if (itself != page
                || (little32(8) & 0xFFFF) != Page.LEAF
                || spanned > meta.highWater() - page
                || element(count) > end) {
            return false;
        }
        pages.markVisited(page, spanned);
        copyRest();
        return true;
    }

    /** Copies a page that was read and checked before. */
    public void read(Page leaf) {
        number = leaf.number();
        offset = leaf.offset();
        end = offset + leaf.bytes().byteSize();
        count = leaf.count();
        copied = 0;
        copyRest();
    }

    private void copy(int length) {
        copied = length;
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    }

    private void copyRest() {
        int wanted = (int) Math.min(end - offset, Math.max(COPIED_AT_MOST, element(count) - offset));
        if (wanted > copied) {
            if (wanted > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.min(2 * bytes.length, COPIED_AT_MOST)));
            }
            copy(wanted);
        }
    }

    /** The copied bytes, from the start of the page. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether these bytes of the file are among {@link #bytes()}. */
    public boolean has(long start, long limit) {
        return start >= offset && limit <= offset + copied;
    }

    public long offset() {
        return offset;
    }

    public long number() {
        return number;
    }

    public int count() {
        return count;
    }

    /** Where the page ends, from the start of the file. */
    public long end() {
        return end;
    }

    public long element(int index) {
        return offset + MetaPage.HEADER + (long) index * ELEMENT;
    }

    public long flags(int index) {
        return little32(MetaPage.HEADER + index * ELEMENT);
    }

    /** Where the key starts, from the start of the file; its value follows it. */
    public long key(int index) {
        return element(index) + little32(MetaPage.HEADER + index * ELEMENT + 4);
    }

    public long keyLength(int index) {
        return little32(MetaPage.HEADER + index * ELEMENT + 8);
    }

    public long valueLength(int index) {
        return little32(MetaPage.HEADER + index * ELEMENT + 12);
    }

    private long little32(int at) {
        int word = (bytes[at] & 0xff)
                | ((bytes[at + 1] & 0xff) << 8)
                | ((bytes[at + 2] & 0xff) << 16)
                | (bytes[at + 3] << 24);
        return Integer.toUnsignedLong(word);
    }
}
