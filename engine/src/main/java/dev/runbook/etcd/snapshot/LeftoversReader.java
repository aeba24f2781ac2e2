package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.bbolt.MappedBytes;
import dev.runbook.etcd.identity.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Collects {@link Leftovers} while the buckets are walked (etcd: server/storage/schema). */
final class LeftoversReader {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<MemberId> removed = new ArrayList<>();
    private Optional<String> downgradeTo = Optional.empty();
    private boolean authEnabled;

    /** The key {@code downgrade} of the bucket {@code cluster}; one that was cancelled or has ended stays, as not enabled. */
    void readDowngrade(Cursor cursor) {
        try {
            var downgrade = MAPPER.readTree(MappedBytes.copy(cursor.value()));
            downgradeTo = downgrade.path("enabled").asBoolean(false)
                    ? Optional.of(downgrade.path("target-version").asString(""))
                    : Optional.empty();
        } catch (JacksonException malformed) {
            throw cursor.damaged("the key 'downgrade' of the bucket 'cluster' is not JSON");
        }
    }

    /** An entry of the bucket {@code auth}: one byte, 1 when enabled. */
    void readAuth(Cursor cursor) {
        if (MappedBytes.text(cursor.key()).equals("authEnabled")) {
            var value = MappedBytes.copy(cursor.value());
            authEnabled = value.length == 1 && value[0] == 1;
        }
    }

    void readRemoved(Cursor cursor) {
        try {
            removed.add(MemberId.parse(MappedBytes.text(cursor.key())));
        } catch (IllegalArgumentException malformed) {
            throw cursor.damaged("the ID of a removed member cannot be read: " + malformed.getMessage());
        }
    }

    Leftovers leftovers() {
        return new Leftovers(downgradeTo, authEnabled, removed);
    }
}
