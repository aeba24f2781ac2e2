package dev.runbook.etcd.snapshot;

/**
 * The HashKV that every member reports once it has started from restored data.
 *
 * @param revision the revision to query; the current revision may be higher by then
 * @param compactRevision the store's compact revision right after the start, -1 when there was no compaction. Before etcd
 *     3.4.27 and 3.5.10, HashKV returns {@code ErrCompacted} for exactly this revision.
 * @param hash 0 to 2^32 - 1, as {@code etcdctl endpoint hashkv} prints it
 */
public record HashPrediction(long revision, long compactRevision, long hash) {
    public HashPrediction {
        if (revision < 0 || compactRevision < -1 || hash < 0 || hash >>> 32 != 0) {
            throw new IllegalArgumentException("impossible prediction: revision " + revision + ", compacted "
                    + compactRevision + ", hash " + hash);
        }
    }
}
