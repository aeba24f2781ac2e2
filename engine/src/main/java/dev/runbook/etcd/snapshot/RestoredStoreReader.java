package dev.runbook.etcd.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Bucket;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.store.CoalescingChecksum;
import dev.runbook.etcd.store.KeyRevision;
import dev.runbook.etcd.store.LiveKeyIndex;
import java.util.BitSet;

/** Finds the newest entry of each live key, then hashes the entries that a compaction retains. */
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
     * The HashKV of a revision, see {@link SnapshotFile#hashKv}.
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
            BitSet retained = retained(newest, limit);
            // etcd stores earlier bumps under the key "", and a new bump replaces them.
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
                boolean isRetained = retained.get(entry);
                if (isRetained && bump != entry) {
                    live.addEntry(cursor);
                }
                // Without a live key etcd retains every entry, except a tombstone at the compacted revision.
                boolean survives = isRetained
                        || (retained.isEmpty() && !(revision.tombstone() && revision.main() == compactRevision));
                if (revision.main() > compactRevision || survives) {
                    unbumped.addEntry(cursor);
                }
            }
            return new RestoredStore(lastEntry, compactRevision, newest.keys(), unbumped.value(), live.value());
        }
    }

    /** Which entries are the newest of a live key as of a revision. Sets {@code lastEntry}. */
    private BitSet retained(LiveKeyIndex newest, long limit) {
        Cursor cursor = keys.cursor();
        for (int entry = 0; cursor.step(); entry++) {
            KeyRevision revision = KeyRevision.at(cursor);
            lastEntry = revision.main();
            if (revision.main() <= limit) {
                newest.put(cursor, entry, revision);
            }
        }
        BitSet retained = new BitSet();
        newest.forEach(slot -> retained.set((int) newest.at(slot).ordinal()));
        return retained;
    }
}
