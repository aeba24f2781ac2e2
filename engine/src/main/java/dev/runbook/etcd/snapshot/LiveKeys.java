package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.bbolt.MappedBytes;
import dev.runbook.etcd.store.KeyRevision;
import dev.runbook.etcd.store.ProtobufFields;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** Live keys of a snapshot with their values, on the heap. */
public final class LiveKeys {
    private static final int KEY_FIELD = 1;
    private static final int VALUE_FIELD = 5;

    private LiveKeys() {}

    /**
     * Walks the bucket {@code key} once. Needs heap for the result only.
     *
     * @param prefix of the keys; empty for all
     * @return values by key
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public static SortedMap<String, byte[]> under(SnapshotFile snapshot, String prefix) throws BadSnapshot {
        return snapshot.guarded(() -> {
            var live = new TreeMap<String, byte[]>();
            var cursor = snapshot.require("key").cursor();
            while (cursor.next()) {
                add(cursor, prefix, live);
            }
            return live;
        });
    }

    private static void add(Cursor cursor, String prefix, SortedMap<String, byte[]> live) {
        var key = "";
        var value = new byte[0];
        var fields = new ProtobufFields(cursor.value(), cursor::damaged);
        while (fields.next()) {
            switch (fields.field()) {
                case KEY_FIELD -> key = new String(MappedBytes.copy(fields.bytes()), StandardCharsets.UTF_8);
                case VALUE_FIELD -> value = MappedBytes.copy(fields.bytes());
                default -> {}
            }
        }
        if (key.isEmpty() || !key.startsWith(prefix)) {
            // The record of a bump has no name.
            return;
        }
        if (KeyRevision.at(cursor).tombstone()) {
            live.remove(key);
        } else {
            live.put(key, value);
        }
    }
}
