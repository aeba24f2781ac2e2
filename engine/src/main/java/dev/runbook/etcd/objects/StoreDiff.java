package dev.runbook.etcd.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.snapshot.StoreView;
import dev.runbook.etcd.store.StoredKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares a snapshot with what there is now, of which the keys are shown one by one in byte order. Needs no memory of
 * its own. For one thread.
 */
public final class StoreDiff {
    private final StoreView snapshot;
    private final Consumer<KeyChange> changes;
    private long place;

    public StoreDiff(StoreView snapshot, Consumer<KeyChange> changes) {
        this.snapshot = snapshot;
        this.changes = changes;
    }

    /** Two keys of one cluster with the same history have the same value. */
    public record History(long createRevision, long modRevision, long version) {}

    /**
     * What a restore of one snapshot would do to the store of another.
     *
     * @throws BadSnapshot when a file turns out to be damaged
     */
    public static void between(StoreView snapshot, StoreView now, Consumer<KeyChange> changes) throws BadSnapshot {
        StoreDiff diff = new StoreDiff(snapshot, changes);
        now.forEach(key -> {
            var before = diff.take(key.nameBytes(), history(key));
            // The files may be of two clusters, whose revisions say nothing about one another.
            if (before.isPresent()
                    && history(before.get()).equals(history(key))
                    && before.get().value().mismatch(key.value()) >= 0) {
                changes.accept(new KeyChange(
                        KeyChange.Effect.REVERTED, key.nameText(), before.get().modRevision(), key.modRevision()));
            }
        });
        diff.end();
    }

    /**
     * Takes the next key that there is now.
     *
     * @throws BadSnapshot when the snapshot turns out to be damaged
     */
    public void current(byte[] name, History history) throws BadSnapshot {
        take(name, history);
    }

    private Optional<StoredKey> take(byte[] name, History history) throws BadSnapshot {
        long modified = history.modRevision();
        for (; place < snapshot.size(); place++) {
            StoredKey before = snapshot.key(place);
            int order = Arrays.compareUnsigned(before.nameBytes(), name);
            if (order > 0) {
                break;
            }
            if (order == 0) {
                place++;
                if (!history(before).equals(history)) {
                    changes.accept(
                            new KeyChange(KeyChange.Effect.REVERTED, before.nameText(), before.modRevision(), modified));
                }
                return Optional.of(before);
            }
            restored(before);
        }
        changes.accept(new KeyChange(KeyChange.Effect.DELETED, new String(name, UTF_8), 0, modified));
        return Optional.empty();
    }

    /**
     * There are no more keys now.
     *
     * @throws BadSnapshot when the snapshot turns out to be damaged
     */
    public void end() throws BadSnapshot {
        for (; place < snapshot.size(); place++) {
            restored(snapshot.key(place));
        }
    }

    private void restored(StoredKey key) {
        changes.accept(new KeyChange(KeyChange.Effect.RESTORED, key.nameText(), key.modRevision(), 0));
    }

    private static History history(StoredKey key) {
        return new History(key.createRevision(), key.modRevision(), key.version());
    }
}
