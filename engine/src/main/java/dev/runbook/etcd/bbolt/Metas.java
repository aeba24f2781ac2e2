package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Chooses the meta page that holds, as bbolt does when it opens a file. */
final class Metas {
    /** bbolt probes page sizes from 1 KiB to 16 MiB when page 0 is bad (bbolt: db.go, getPageSizeFromSecondMeta). */
    private static final int PROBES = 15;

    private Metas() {}

    /** Either a meta page or the reason why there is none. */
    sealed interface Choice {}

    record Chosen(Meta meta) implements Choice {}

    record Refused(BadSnapshot.Fault fault) implements Choice {}

    static Choice choose(MemorySegment file) {
        Meta.Found first = Meta.at(file, 0);
        if (first instanceof Meta.Valid(Meta meta)) {
            Meta newest = meta;
            if (Meta.at(file, meta.pageSize()) instanceof Meta.Valid(Meta second)
                    && second.pageSize() == meta.pageSize()
                    && Long.compareUnsigned(second.transaction(), meta.transaction()) > 0) {
                newest = second;
            }
            return new Chosen(newest);
        }
        Meta.@Nullable Broken brokenSecond = null;
        for (int probe = 0; probe < PROBES; probe++) {
            long offset = 1024L << probe;
            switch (Meta.at(file, offset)) {
                case Meta.Valid(Meta meta)
                when meta.pageSize() == offset -> {
                    return new Chosen(meta);
                }
                case Meta.Valid(Meta meta) ->
                    brokenSecond = new Meta.Broken("page size " + meta.pageSize() + " at byte " + offset);
                case Meta.Broken broken -> brokenSecond = broken;
                case Meta.None ignored -> {}
            }
        }
        return new Refused(fault(file, first, brokenSecond));
    }

    private static BadSnapshot.Fault fault(MemorySegment file, Meta.Found first, Meta.@Nullable Broken second) {
        String nothing = "no second meta page found";
        return switch (first) {
            case Meta.Broken(String what) ->
                new BadSnapshot.NoValidMeta(what, second == null ? nothing : second.what());
            case Meta.None(String what) when second != null -> new BadSnapshot.NoValidMeta(what, second.what());
            case Meta.None(String what) ->
                Compression.of(file)
                        .<BadSnapshot.Fault>map(found -> found)
                        .orElseGet(() -> new BadSnapshot.NotBbolt(what));
            case Meta.Valid ignored -> throw new IllegalStateException("a valid meta page is no fault");
        };
    }
}
