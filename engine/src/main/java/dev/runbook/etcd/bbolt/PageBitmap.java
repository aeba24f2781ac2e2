package dev.runbook.etcd.bbolt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A bit for each page, off the heap: visited by a walk, or free. A walk must not visit a page twice, and each page must be
 * either in use or free (bbolt: tx_check.go). Several threads may use it.
 */
public final class PageBitmap implements AutoCloseable {
    private static final VarHandle WORDS = ValueLayout.JAVA_LONG.arrayElementVarHandle();
    private static final int META_PAGES = 2;

    private final Arena arena;
    private final long pages;
    private final int pageSize;
    private final MemorySegment words;

    /** @param arena shared when several threads use it; closed with the bitmap */
    PageBitmap(MetaPage meta, Arena arena) {
        this.arena = arena;
        this.pages = meta.highWater();
        this.pageSize = meta.pageSize();
        this.words = arena.allocate((pages + Long.SIZE - 1) / Long.SIZE * Long.BYTES, Long.BYTES);
    }

    /** For a walk: the meta pages count as visited, because no walk visits them. */
    public static PageBitmap forWalk(MetaPage meta, Arena arena) {
        PageBitmap map = new PageBitmap(meta, arena);
        map.mark(0, META_PAGES);
        return map;
    }

    /**
     * Marks pages.
     *
     * @param first below the number of pages, as the last one is
     */
    void mark(long first, long count) {
        for (long page = first; page < first + count; page++) {
            if (!markUnmarked(page)) {
                throw new DamagedPage(page, page * pageSize, "the tree refers to this page twice");
            }
        }
    }

    /** Marks a page; false when it was marked already. */
    boolean markUnmarked(long page) {
        long bit = 1L << page;
        return ((long) WORDS.getAndBitwiseOr(words, 0L, page / Long.SIZE, bit) & bit) == 0;
    }

    /** Checks that every page is marked in exactly one of the two. */
    void checkComplement(PageBitmap free) {
        for (long first = 0; first < pages; first += Long.SIZE) {
            long used = words.getAtIndex(ValueLayout.JAVA_LONG, first / Long.SIZE);
            long freed = free.words.getAtIndex(ValueLayout.JAVA_LONG, first / Long.SIZE);
            long all = pages - first >= Long.SIZE ? -1 : (1L << (pages - first)) - 1;
            if ((used & freed) != 0) {
                throw damaged(first + Long.numberOfTrailingZeros(used & freed), "it is in use and in the freelist");
            }
            if ((used | freed) != all) {
                throw damaged(
                        first + Long.numberOfTrailingZeros(~(used | freed)),
                        "it is neither in use nor in the freelist");
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
