package dev.runbook.step;

import dev.runbook.model.Problem;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads snapshot files on this machine; the same path gives the same answer within one plan. */
public interface Snapshots {
    /** A good file, or why it is none. */
    Read read(Path path);

    /**
     * HashKV and revision that every member restored from it will show.
     *
     * @param bump revisions added with --mark-compacted; empty for none
     */
    Prediction predict(Path path, OptionalLong bump);

    /** What reading a file came to. */
    sealed interface Read {
        /** It can be restored. */
        record Good(SnapshotFacts facts) implements Read {}

        record Bad(Problem problem) implements Read {}
    }

    /**
     * What the restored store shows.
     *
     * @param hash HashKV at {@code revision}, unsigned 32 bits
     */
    record Prediction(long revision, long hash) {}
}
