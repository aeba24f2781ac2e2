package dev.runbook.step;

import dev.runbook.model.Problem;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads snapshot files on this machine; the same path gives the same answer within one plan. */
public interface Snapshots {
    /** The file's facts, or the reason why it cannot be restored. */
    Read read(Path path);

    /**
     * Predicts HashKV and revision of every member that is restored from a file.
     *
     * @param bump revisions added with --mark-compacted; empty for none
     */
    Prediction predict(Path path, OptionalLong bump);

    /** Result of reading a file. */
    sealed interface Read {
        /** It can be restored. */
        record Good(SnapshotFacts facts) implements Read {}

        /** It is missing, damaged or no snapshot. */
        record Bad(Problem problem) implements Read {}
    }

    /**
     * Predicted state of the restored store.
     *
     * @param hash HashKV at {@code revision}, unsigned 32 bits
     */
    record Prediction(long revision, long hash) {}
}
