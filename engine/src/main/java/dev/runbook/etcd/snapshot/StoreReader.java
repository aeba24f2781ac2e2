package dev.runbook.etcd.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the newest entry of each live key, then hashes what a compaction would leave. */
final class StoreReader {
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final int KEY_FIELD = 1;
    private static final int HASH_MULTIPLIER = 31;

    private final SnapshotFile snapshot;
    private final Bucket keys;
    private long lastEntry;

    StoreReader(SnapshotFile snapshot) throws BadSnapshot {
        this.snapshot = snapshot;
        this.keys = snapshot.require("key");
    }

    RestoredStore read() throws BadSnapshot {
        return snapshot.guarded(this::readGuarded);
    }

    private RestoredStore readGuarded() throws BadSnapshot {
        long compactRevision = compactRevision();
        Map<KeyName, Integer> newest = newestEntries();
        BitSet kept = new BitSet();
        newest.values().forEach(kept::set);
        // Earlier bumps are stored under the key "": a new bump replaces them.
        @Nullable Integer lastBump = newest.remove(KeyName.BUMP);
        Checksum live = new Checksum();
        Checksum unbumped = new Checksum();
        live.update(KEY);
        unbumped.update(KEY);
        Cursor cursor = keys.cursor();
        for (int entry = 0; cursor.next(); entry++) {
            KeyRevision revision = KeyRevision.at(cursor);
            boolean keep = kept.get(entry);
            if (keep && (lastBump == null || lastBump != entry)) {
                add(live, cursor);
            }
            // etcd keeps everything when there is nothing to keep, but for a tombstone at the compacted revision.
            boolean survives =
                    keep || (kept.isEmpty() && !(revision.tombstone() && revision.main() == compactRevision));
            if (revision.main() > compactRevision || survives) {
                add(unbumped, cursor);
            }
        }
        return new RestoredStore(lastEntry, compactRevision, newest.size(), unbumped.value(), live.value());
    }

    private Map<KeyName, Integer> newestEntries() throws BadSnapshot {
        Map<KeyName, Integer> newest = new HashMap<>();
        Cursor cursor = keys.cursor();
        for (int entry = 0; cursor.next(); entry++) {
            KeyName name = name(cursor);
            KeyRevision revision = KeyRevision.at(cursor);
            lastEntry = revision.main();
            if (revision.tombstone()) {
                newest.remove(name);
            } else {
                newest.put(name, entry);
            }
        }
        return newest;
    }

    /** A member finishes at its start the compaction that was scheduled last. */
    private long compactRevision() throws BadSnapshot {
        long compacted = -1;
        Cursor cursor = snapshot.require("meta").cursor();
        while (cursor.next()) {
            String name = Bytes.text(cursor.key());
            if (name.equals("scheduledCompactRev") || name.equals("finishedCompactRev")) {
                compacted = Math.max(compacted, KeyRevision.storedMain(cursor));
            }
        }
        return compacted;
    }

    private static void add(Checksum checksum, Cursor cursor) {
        checksum.update(cursor.key());
        checksum.update(cursor.value());
    }

    private static KeyName name(Cursor cursor) {
        ProtoFields fields = new ProtoFields(cursor.value(), cursor);
        MemorySegment name = MemorySegment.NULL;
        while (fields.next()) {
            if (fields.field() == KEY_FIELD) {
                name = fields.bytes();
            }
        }
        return new KeyName(name);
    }

    /** A key of the store, left in the file. */
    private record KeyName(MemorySegment bytes) implements Comparable<KeyName> {
        private static final KeyName BUMP = new KeyName(MemorySegment.NULL);

        @Override
        public boolean equals(Object other) {
            return other instanceof KeyName(MemorySegment otherBytes) && bytes.mismatch(otherBytes) < 0;
        }

        /** Lets a hash map stay fast when many keys have the same hash. */
        @Override
        public int compareTo(KeyName other) {
            return Bytes.compare(bytes, other.bytes);
        }

        @Override
        public int hashCode() {
            int hash = 1;
            for (long offset = 0; offset < bytes.byteSize(); offset++) {
                hash = HASH_MULTIPLIER * hash + Bytes.at(bytes, offset);
            }
            return hash;
        }
    }
}
