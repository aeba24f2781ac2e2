package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;

/**
 * A meta page of bbolt (bbolt: internal/common/meta.go), of which a file has two.
 *
 * @param pageSize bytes, a power of two
 * @param rootPage the page of the bucket that holds the buckets
 * @param freelist the page of the freelist; -1 without one, which is etcd's default
 * @param highWater number of pages in use; the highest page number is one less
 * @param transaction ID of the transaction that wrote it
 */
public record MetaPage(int pageSize, long rootPage, long freelist, long highWater, long transaction) {
    public static final int HEADER = 16;
    private static final int LENGTH = 64;
    private static final long MAGIC = 0xED0CDAEDL;
    private static final int CHECKED = 56;

    /** The result of looking for a meta page. */
    sealed interface Found {}

    record Valid(MetaPage meta) implements Found {}

    /** It has the magic number, but is damaged. */
    record Damaged(String what) implements Found {}

    /** It lacks the magic number, or the file ends before it. */
    record Absent(String what) implements Found {}

    /** Reads the meta page that starts at this byte. */
    static Found at(MemorySegment file, long offset) {
        long start = offset + HEADER;
        if (start + LENGTH > file.byteSize()) {
            return new Absent("the file ends before byte " + (start + LENGTH));
        }
        long magic = MappedBytes.unsigned32(file, start);
        if (magic != MAGIC) {
            return new Absent("magic number %08x at byte %d instead of %08x".formatted(magic, start, MAGIC));
        }
        long version = MappedBytes.unsigned32(file, start + 4);
        if (version != 2) {
            return new Damaged("version " + version + " instead of 2 at byte " + (start + 4));
        }
        if (MappedBytes.little64(file, start + CHECKED) != checksum(file, start)) {
            return new Damaged("wrong checksum at byte " + (start + CHECKED));
        }
        long pageSize = MappedBytes.unsigned32(file, start + 8);
        if (Long.bitCount(pageSize) != 1 || pageSize < 512 || pageSize > 1 << 20) {
            return new Damaged("impossible page size " + pageSize + " at byte " + (start + 8));
        }
        long rootPage = MappedBytes.little64(file, start + 16);
        long highWater = MappedBytes.little64(file, start + 40);
        // A higher page number could overflow when multiplied by the page size.
        if (highWater < 3 || highWater > Long.MAX_VALUE / pageSize || rootPage < 2 || rootPage >= highWater) {
            return new Damaged("impossible page numbers: root %s, high water %s"
                    .formatted(Long.toUnsignedString(rootPage), Long.toUnsignedString(highWater)));
        }
        long freelist = MappedBytes.little64(file, start + 32);
        return new Valid(
                new MetaPage((int) pageSize, rootPage, freelist, highWater, MappedBytes.little64(file, start + 48)));
    }

    boolean hasFreelist() {
        return freelist != -1;
    }

    /** Bytes that all pages in use take. */
    public long usedBytes() {
        return highWater * pageSize;
    }

    /** FNV-1a, 64 bits. */
    private static long checksum(MemorySegment file, long start) {
        long hash = 0xcbf29ce484222325L;
        for (long offset = start; offset < start + CHECKED; offset++) {
            hash = (hash ^ Byte.toUnsignedLong(MappedBytes.at(file, offset))) * 0x100000001b3L;
        }
        return hash;
    }
}
