package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.store.Crc32c;
import dev.runbook.etcd.store.KeyRevision;
import java.util.OptionalLong;

/**
 * The key-value store that a restore of a snapshot gives, as far as HashKV covers it. One read of the file predicts for any
 * bump.
 *
 * <p>HashKV is the CRC-32C of the word {@code key} and then the entries of that bucket that a compaction leaves
 * (etcd: server/storage/mvcc/hash.go; the same hash from 3.4.23 to 3.7, with etcdutl/snapshot/v3_snapshot.go for the bump).
 *
 * @param lastEntry main revision of the last entry, 0 without entries; a bump is added to it
 * @param compactRevision compact revision of a member that starts from the data, -1 when there was no compaction
 * @param liveKeys number of keys that a client can see: not deleted, and not the record of a bump
 * @param unbumpedHash HashKV at the revision of a restore without a bump, 0 to 2^32 - 1
 * @param liveHash CRC-32C of {@code key} and the newest entry of each live key, 0 to 2^32 - 1
 */
public record RestoredStore(long lastEntry, long compactRevision, long liveKeys, long unbumpedHash, long liveHash) {
    public RestoredStore {
        if (lastEntry < 0 || compactRevision < -1 || liveKeys < 0) {
            throw new IllegalArgumentException("negative revision or number of keys");
        }
    }

    /**
     * Walks the bucket {@code key} twice. Needs about 150 bytes of memory for each live key, at any size of its value.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public static RestoredStore read(SnapshotFile snapshot) throws BadSnapshot {
        return new RestoredStoreReader(snapshot).read();
    }

    /**
     * Predicts for one snapshot.
     *
     * @param bump as {@link #predict(OptionalLong)} takes it
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public static HashPrediction predict(SnapshotFile snapshot, OptionalLong bump) throws BadSnapshot {
        return read(snapshot).predict(bump);
    }

    /**
     * The predicted result of HashKV.
     *
     * <p>With a bump it follows from the live keys alone, at any progress of a compaction. Without a bump, and only when no
     * key is live, members may report another hash, because etcd then hashes what its compaction has not deleted yet.
     *
     * @param bump revisions to add: {@code --bump-revision} together with {@code --mark-compacted}; empty for neither
     * @throws IllegalArgumentException when the bump is not positive, or exceeds 2^63 - 1
     */
    public HashPrediction predict(OptionalLong bump) {
        if (bump.isEmpty()) {
            // A store starts at revision 1, and never below what it has compacted.
            return new HashPrediction(Math.max(Math.max(lastEntry, 1), compactRevision), compactRevision, unbumpedHash);
        }
        if (bump.getAsLong() <= 0 || lastEntry > Long.MAX_VALUE - bump.getAsLong()) {
            throw new IllegalArgumentException(
                    "a bump must be positive, and the bumped revision at most 2^63 - 1: " + bump.getAsLong());
        }
        KeyRevision bumped = new KeyRevision(lastEntry + bump.getAsLong(), 0, false);
        // A snapshot whose last entries were compacted away has its compact revision above its last entry.
        long compacted = Math.max(bumped.main(), compactRevision);
        return new HashPrediction(compacted, compacted, Crc32c.continued(liveHash, bumped.bytes()));
    }
}
