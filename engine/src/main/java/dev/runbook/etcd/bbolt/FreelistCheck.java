package dev.runbook.etcd.bbolt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Checks the freelist (bbolt: internal/freelist), which a file has only when an older bbolt wrote it. */
public final class FreelistCheck {
    private static final int FREELIST = 0x10;
    private static final int COUNT_FOLLOWS = 0xFFFF;

    private FreelistCheck() {}

    /**
     * Compares the freelist with the pages that a walk has visited. Without a freelist nothing can be wrong, because bbolt
     * then treats every unvisited page as free.
     */
    public static void check(Pages pages, PageBitmap visited) {
        MetaPage meta = pages.meta();
        if (!meta.hasFreelist()) {
            return;
        }
        MemorySegment list = pages.raw(meta.freelist());
        long offset = meta.freelist() * meta.pageSize();
        int flags = MappedBytes.unsigned16(list, 8);
        if (flags != FREELIST) {
            throw new DamagedPage(
                    meta.freelist(), offset + 8, "it is not a freelist page (flags 0x%x)".formatted(flags));
        }
        visited.mark(meta.freelist(), list.byteSize() / meta.pageSize());
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
                    Long.toUnsignedString(count) + " free pages do not fit into the freelist");
        }
        try (PageBitmap free = new PageBitmap(meta, Arena.ofConfined())) {
            for (long number = 0; number < count; number++) {
                long at = start + number * Long.BYTES;
                long page = MappedBytes.little64(list, at);
                if (page < 2 || page >= meta.highWater() || !free.markUnmarked(page)) {
                    throw new DamagedPage(
                            meta.freelist(),
                            offset + at,
                            "page " + Long.toUnsignedString(page) + " cannot be free, or is in the freelist twice");
                }
            }
            visited.checkComplement(free);
        }
    }
}
