package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Chooses the current one of the two meta pages, as bbolt does when it opens a file. */
final class MetaPages {
    /** bbolt probes page sizes from 1 KiB to 16 MiB when page 0 is bad (bbolt: db.go, getPageSizeFromSecondMeta). */
    private static final int PROBES = 15;

    private MetaPages() {}

    /** Either a meta page, or why the file has no valid one. */
    sealed interface Choice {}

    record Chosen(MetaPage meta) implements Choice {}

    record Refused(BadSnapshot.Fault fault) implements Choice {}

    static Choice choose(MemorySegment file) {
        MetaPage.Found first = MetaPage.at(file, 0);
        if (first instanceof MetaPage.Valid(MetaPage meta)) {
            MetaPage newest = meta;
            if (MetaPage.at(file, meta.pageSize()) instanceof MetaPage.Valid(MetaPage second)
                    && second.pageSize() == meta.pageSize()
                    && Long.compareUnsigned(second.transaction(), meta.transaction()) > 0) {
                newest = second;
            }
            return new Chosen(newest);
        }
        MetaPage.@Nullable Damaged damagedSecond = null;
        for (int probe = 0; probe < PROBES; probe++) {
            long offset = 1024L << probe;
            switch (MetaPage.at(file, offset)) {
                case MetaPage.Valid(MetaPage meta)
                when meta.pageSize() == offset -> {
                    return new Chosen(meta);
                }
                case MetaPage.Valid(MetaPage meta) ->
                    damagedSecond = new MetaPage.Damaged("page size " + meta.pageSize() + " at byte " + offset);
                case MetaPage.Damaged damaged -> damagedSecond = damaged;
                case MetaPage.Absent ignored -> {}
            }
        }
        return new Refused(fault(file, first, damagedSecond));
    }

    private static BadSnapshot.Fault fault(
            MemorySegment file, MetaPage.Found first, MetaPage.@Nullable Damaged second) {
        String absent = "no second meta page found";
        return switch (first) {
            case MetaPage.Damaged(String what) ->
                new BadSnapshot.NoValidMeta(what, second == null ? absent : second.what());
            case MetaPage.Absent(String what) when second != null -> new BadSnapshot.NoValidMeta(what, second.what());
            case MetaPage.Absent(String what) ->
                Compression.of(file)
                        .<BadSnapshot.Fault>map(found -> found)
                        .orElseGet(() -> new BadSnapshot.NotBbolt(what));
            case MetaPage.Valid ignored -> throw new IllegalStateException("a valid meta page is no fault");
        };
    }
}
