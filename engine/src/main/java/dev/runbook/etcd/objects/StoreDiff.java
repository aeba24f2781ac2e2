package dev.runbook.etcd.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.snapshot.StoreView;
import dev.runbook.etcd.store.StoredKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares a snapshot with a current store, whose keys are passed in byte order. Needs constant memory. For one thread.
 */
public final class StoreDiff {
    private final StoreView snapshot;
    private final Consumer<KeyChange> changes;
    private long position;

    public StoreDiff(StoreView snapshot, Consumer<KeyChange> changes) {
        this.snapshot = snapshot;
        this.changes = changes;
    }

    /** The history of a key: in one cluster, the same history means the same value. */
    public record History(long createRevision, long modRevision, long version) {}

    /**
     * The effects of a restore of one snapshot on the store of another.
     *
     * @throws BadSnapshot when a file turns out to be damaged
     */
    public static void between(StoreView snapshot, StoreView now, Consumer<KeyChange> changes) throws BadSnapshot {
        StoreDiff diff = new StoreDiff(snapshot, changes);
        now.forEach(key -> {
            var before = diff.compare(key.nameBytes(), history(key));
            // The files may be of two clusters, whose revisions cannot be compared.
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
     * Accepts the next key of the current store.
     *
     * @throws BadSnapshot when the snapshot turns out to be damaged
     */
    public void current(byte[] name, History history) throws BadSnapshot {
        compare(name, history);
    }

    private Optional<StoredKey> compare(byte[] name, History history) throws BadSnapshot {
        long modified = history.modRevision();
        for (; position < snapshot.size(); position++) {
            StoredKey before = snapshot.key(position);
            int order = Arrays.compareUnsigned(before.nameBytes(), name);
            if (order > 0) {
                break;
            }
            if (order == 0) {
                position++;
                if (!history(before).equals(history)) {
                    changes.accept(new KeyChange(
                            KeyChange.Effect.REVERTED, before.nameText(), before.modRevision(), modified));
                }
                return Optional.of(before);
            }
            restored(before);
        }
        changes.accept(new KeyChange(KeyChange.Effect.DELETED, new String(name, UTF_8), 0, modified));
        return Optional.empty();
    }

    /**
     * Ends the comparison: the current store has no more keys.
     *
     * @throws BadSnapshot when the snapshot turns out to be damaged
     */
    public void end() throws BadSnapshot {
        for (; position < snapshot.size(); position++) {
            restored(snapshot.key(position));
        }
    }

    private void restored(StoredKey key) {
        changes.accept(new KeyChange(KeyChange.Effect.RESTORED, key.nameText(), key.modRevision(), 0));
    }

    private static History history(StoredKey key) {
        return new History(key.createRevision(), key.modRevision(), key.version());
    }
}
