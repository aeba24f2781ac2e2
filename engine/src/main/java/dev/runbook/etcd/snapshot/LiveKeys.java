package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.MappedBytes;
import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.store.KeyRevision;
import dev.runbook.etcd.store.ProtobufFields;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a snapshot holds under keys that are not deleted. */
public final class LiveKeys {
    private static final int KEY_FIELD = 1;
    private static final int VALUE_FIELD = 5;

    private LiveKeys() {}

    /**
     * Walks the bucket {@code key} once. Takes heap for what it returns.
     *
     * @param prefix of the keys that are wanted; empty for all
     * @return values by key
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public static SortedMap<String, byte[]> under(SnapshotFile snapshot, String prefix) throws BadSnapshot {
        return snapshot.guarded(() -> {
            var live = new TreeMap<String, byte[]>();
            var cursor = snapshot.require("key").cursor();
            while (cursor.next()) {
                take(cursor, prefix, live);
            }
            return live;
        });
    }

    private static void take(Cursor cursor, String prefix, SortedMap<String, byte[]> live) {
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
            // Without a key it is the record of a bump.
            return;
        }
        if (KeyRevision.at(cursor).tombstone()) {
            live.remove(key);
        } else {
            live.put(key, value);
        }
    }
}
