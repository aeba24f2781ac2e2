package dev.runbook.etcd.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Bucket;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.store.KeyRevision;
import dev.runbook.etcd.store.LiveKeyIndex;
import dev.runbook.etcd.store.CoalescingChecksum;
import java.util.BitSet;

/** Finds the newest entry of each live key, then hashes what a compaction would leave. */
final class RestoredStoreReader {
    private static final byte[] KEY = "key".getBytes(UTF_8);

    private final SnapshotFile snapshot;
    private final Bucket keys;
    private long lastEntry;

    RestoredStoreReader(SnapshotFile snapshot) throws BadSnapshot {
        this.snapshot = snapshot;
        this.keys = snapshot.require("key");
    }

    RestoredStore read() throws BadSnapshot {
        return snapshot.guarded(() -> read(Long.MAX_VALUE));
    }

    /**
     * What HashKV answers for a revision, see {@link SnapshotFile#hashKv}.
     *
     * @throws BadSnapshot when the file has no such revision, or is damaged
     */
    HashPrediction hashAt(long revision) throws BadSnapshot {
        return snapshot.guarded(() -> {
            RestoredStore store = read(revision);
            snapshot.checkRevision(revision, store.compactRevision(), store.lastEntry());
            return new HashPrediction(revision, store.compactRevision(), store.unbumpedHash());
        });
    }

    private RestoredStore read(long limit) throws BadSnapshot {
        long compactRevision = snapshot.compactRevision();
        try (LiveKeyIndex newest = new LiveKeyIndex(snapshot.bytes())) {
            BitSet kept = kept(newest, limit);
            // Earlier bumps are stored under the key "": a new bump replaces them.
            long bump = newest.bump();
            CoalescingChecksum live = new CoalescingChecksum(snapshot.bytes());
            CoalescingChecksum unbumped = new CoalescingChecksum(snapshot.bytes());
            live.update(KEY);
            unbumped.update(KEY);
            Cursor cursor = keys.cursor();
            for (int entry = 0; cursor.step(); entry++) {
                KeyRevision revision = KeyRevision.at(cursor);
                if (revision.main() > limit) {
                    break;
                }
                boolean keep = kept.get(entry);
                if (keep && bump != entry) {
                    live.addEntry(cursor);
                }
                // etcd keeps everything when there is nothing to keep, but for a tombstone at the compacted revision.
                boolean survives =
                        keep || (kept.isEmpty() && !(revision.tombstone() && revision.main() == compactRevision));
                if (revision.main() > compactRevision || survives) {
                    unbumped.addEntry(cursor);
                }
            }
            return new RestoredStore(lastEntry, compactRevision, newest.keys(), unbumped.value(), live.value());
        }
    }

    /** Which entries are the newest of a live key as of a revision; leaves the last revision of all behind. */
    private BitSet kept(LiveKeyIndex newest, long limit) {
        Cursor cursor = keys.cursor();
        for (int entry = 0; cursor.step(); entry++) {
            KeyRevision revision = KeyRevision.at(cursor);
            lastEntry = revision.main();
            if (revision.main() <= limit) {
                newest.put(cursor, entry, revision);
            }
        }
        BitSet kept = new BitSet();
        newest.forEach(slot -> kept.set((int) newest.at(slot).ordinal()));
        return kept;
    }
}
