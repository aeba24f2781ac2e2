package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Chooses the meta page that holds, as bbolt does when it opens a file. */
final class MetaPages {
    /** bbolt probes page sizes from 1 KiB to 16 MiB when page 0 is bad (bbolt: db.go, getPageSizeFromSecondMeta). */
    private static final int PROBES = 15;

    private MetaPages() {}

    /** Either a meta page or the reason why there is none. */
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
        MetaPage.@Nullable Broken brokenSecond = null;
        for (int probe = 0; probe < PROBES; probe++) {
            long offset = 1024L << probe;
            switch (MetaPage.at(file, offset)) {
                case MetaPage.Valid(MetaPage meta)
                when meta.pageSize() == offset -> {
                    return new Chosen(meta);
                }
                case MetaPage.Valid(MetaPage meta) ->
                    brokenSecond = new MetaPage.Broken("page size " + meta.pageSize() + " at byte " + offset);
                case MetaPage.Broken broken -> brokenSecond = broken;
                case MetaPage.None ignored -> {}
            }
        }
        return new Refused(fault(file, first, brokenSecond));
    }

    private static BadSnapshot.Fault fault(MemorySegment file, MetaPage.Found first, MetaPage.@Nullable Broken second) {
        String nothing = "no second meta page found";
        return switch (first) {
            case MetaPage.Broken(String what) ->
                new BadSnapshot.NoValidMeta(what, second == null ? nothing : second.what());
            case MetaPage.None(String what) when second != null -> new BadSnapshot.NoValidMeta(what, second.what());
            case MetaPage.None(String what) ->
                Compression.of(file)
                        .<BadSnapshot.Fault>map(found -> found)
                        .orElseGet(() -> new BadSnapshot.NotBbolt(what));
            case MetaPage.Valid ignored -> throw new IllegalStateException("a valid meta page is no fault");
        };
    }
}
