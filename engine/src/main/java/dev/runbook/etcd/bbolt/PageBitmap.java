package dev.runbook.etcd.bbolt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Which pages a walk has come to, a bit each and outside of the heap: no page may be come to twice, and each must be in
 * use or free (bbolt: tx_check.go). May be used by several threads.
 */
public final class PageBitmap implements AutoCloseable {
    private static final VarHandle WORDS = ValueLayout.JAVA_LONG.arrayElementVarHandle();
    private static final int META_PAGES = 2;

    private final Arena arena;
    private final long pages;
    private final int pageSize;
    private final MemorySegment words;

    /** @param arena shared when several threads are to use it; closed with the map */
    PageBitmap(MetaPage meta, Arena arena) {
        this.arena = arena;
        this.pages = meta.highWater();
        this.pageSize = meta.pageSize();
        this.words = arena.allocate((pages + Long.SIZE - 1) / Long.SIZE * Long.BYTES, Long.BYTES);
    }

    /** Meta pages are never walked. */
    public static PageBitmap walked(MetaPage meta, Arena arena) {
        PageBitmap map = new PageBitmap(meta, arena);
        map.take(0, META_PAGES);
        return map;
    }

    /**
     * Marks pages.
     *
     * @param first below the number of pages, and so is the last
     */
    void take(long first, long count) {
        for (long page = first; page < first + count; page++) {
            if (!set(page)) {
                throw new DamagedPage(page, page * pageSize, "the tree leads to this page twice");
            }
        }
    }

    /** Marks a page; false when it was already. */
    boolean set(long page) {
        long bit = 1L << page;
        return ((long) WORDS.getAndBitwiseOr(words, 0L, page / Long.SIZE, bit) & bit) == 0;
    }

    /** Every page must be marked either here or there. */
    void checkComplement(PageBitmap free) {
        for (long first = 0; first < pages; first += Long.SIZE) {
            long used = words.getAtIndex(ValueLayout.JAVA_LONG, first / Long.SIZE);
            long freed = free.words.getAtIndex(ValueLayout.JAVA_LONG, first / Long.SIZE);
            long wanted = pages - first >= Long.SIZE ? -1 : (1L << (pages - first)) - 1;
            if ((used & freed) != 0) {
                throw damaged(
                        first + Long.numberOfTrailingZeros(used & freed), "it is in use and in the list of free pages");
            }
            if ((used | freed) != wanted) {
                throw damaged(
                        first + Long.numberOfTrailingZeros(~(used | freed)),
                        "it is neither in use nor in the list of free pages");
            }
        }
    }

    private DamagedPage damaged(long page, String what) {
        return new DamagedPage(page, page * pageSize, what);
    }

    @Override
    public void close() {
        arena.close();
    }
}
