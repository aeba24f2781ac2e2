package dev.runbook.etcd.bbolt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The list of free pages (bbolt: internal/freelist), which etcd's own files have when an older bbolt wrote them. */
public final class FreelistCheck {
    private static final int FREELIST = 0x10;
    private static final int COUNT_FOLLOWS = 0xFFFF;

    private FreelistCheck() {}

    /**
     * Compares the list with the pages that a walk has come to. Where there is no list, bbolt takes as free what no walk
     * comes to, so nothing can be wrong.
     */
    public static void check(Pages pages, PageBitmap walked) {
        MetaPage meta = pages.meta();
        if (!meta.hasFreelist()) {
            return;
        }
        MemorySegment list = pages.raw(meta.freelist());
        long offset = meta.freelist() * meta.pageSize();
        int flags = MappedBytes.unsigned16(list, 8);
        if (flags != FREELIST) {
            throw new DamagedPage(
                    meta.freelist(), offset + 8, "it is no list of free pages (flags 0x%x)".formatted(flags));
        }
        walked.take(meta.freelist(), list.byteSize() / meta.pageSize());
        long start = MetaPage.HEADER;
        long count = MappedBytes.unsigned16(list, 10);
        if (count == COUNT_FOLLOWS) {
            count = MappedBytes.little64(list, start);
            start += Long.BYTES;
        }
        if (count < 0 || count > (list.byteSize() - start) / Long.BYTES) {
            throw new DamagedPage(
                    meta.freelist(),
                    offset + 10,
                    Long.toUnsignedString(count) + " free pages do not fit into their list");
        }
        try (PageBitmap free = new PageBitmap(meta, Arena.ofConfined())) {
            for (long number = 0; number < count; number++) {
                long at = start + number * Long.BYTES;
                long page = MappedBytes.little64(list, at);
                if (page < 2 || page >= meta.highWater() || !free.set(page)) {
                    throw new DamagedPage(
                            meta.freelist(),
                            offset + at,
                            "page " + Long.toUnsignedString(page)
                                    + " is no page that can be free, or is twice in the list");
                }
            }
            walked.checkComplement(free);
        }
    }
}
