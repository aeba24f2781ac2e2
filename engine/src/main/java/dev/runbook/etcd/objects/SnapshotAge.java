package dev.runbook.etcd.objects;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.snapshot.StoreView;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates when a snapshot was taken, which no field of it records: not before its youngest object was created. A cluster
 * creates events all the time, so the estimate is seldom off by more than minutes.
 */
public final class SnapshotAge {
    private SnapshotAge() {}

    /**
     * Creation time of the youngest object, empty when no object has one.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public static Optional<Instant> youngest(StoreView store) throws BadSnapshot {
        Instant[] latest = {Instant.MIN};
        store.forEach(key -> {
            var created = created(StoredObject.of(key.valueBytes()));
            if (created.isPresent() && created.get().isAfter(latest[0])) {
                latest[0] = created.get();
            }
        });
        return latest[0].equals(Instant.MIN) ? Optional.empty() : Optional.of(latest[0]);
    }

    private static Optional<Instant> created(StoredObject object) {
        try {
            return switch (object) {
                case StoredObject.Json(var tree) ->
                    parse(tree.path("metadata").path("creationTimestamp").asString(""));
                case StoredObject.Protobuf protobuf -> {
                    Map<String, Object> metadata = ObjectMeta.of(protobuf.raw());
                    yield parse(String.valueOf(metadata.getOrDefault("creationTimestamp", "")));
                }
                case StoredObject.Encrypted encrypted -> Optional.empty();
                case StoredObject.Other other -> Optional.empty();
            };
        } catch (IOException damaged) {
            // A damaged object has no creation time.
            return Optional.empty();
        }
    }

    private static Optional<Instant> parse(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
