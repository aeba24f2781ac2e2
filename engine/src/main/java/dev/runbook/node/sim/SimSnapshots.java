package dev.runbook.node.sim;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.snapshot.LiveKeys;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.node.MemberUnreachable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Snapshot files that were sent to simulated nodes. A node keeps the path on this machine, not the bytes, and reads the
 * file itself when it restores from it, once for all nodes that share this.
 */
public final class SimSnapshots {
    /**
     * A snapshot that was read.
     *
     * @param whole whether the SHA-256 at its end, if there is one, is that of the bytes before it
     */
    record Held(Path path, RestoredStore store, List<String> alarms, Optional<String> version, boolean whole) {
        Held {
            alarms = List.copyOf(alarms);
        }

        /** Values by key; read anew each time, since a snapshot may be larger than memory. */
        SortedMap<String, byte[]> keys(String prefix) throws MemberUnreachable {
            try (var file = SnapshotFile.open(path)) {
                return LiveKeys.under(file, prefix);
            } catch (BadSnapshot e) {
                throw new MemberUnreachable(
                        "the snapshot that this member was restored from is not readable any more: " + e.getMessage());
            }
        }
    }

    private final boolean written;
    private final Map<String, Held> read = new ConcurrentHashMap<>();

    private SimSnapshots(boolean written) {
        this.written = written;
    }

    /** For nodes whose snapshots, and files that are fetched from them, are written to this machine. */
    public static SimSnapshots written() {
        return new SimSnapshots(true);
    }

    /** The same, where the bytes of some snapshots are not at hand, but what a restore of them gives is known, by SHA-256. */
    public static SimSnapshots knowing(Map<String, RestoredStore> stores) {
        var snapshots = new SimSnapshots(true);
        stores.forEach((sha256, store) ->
                snapshots.read.put(sha256, new Held(Path.of(sha256), store, List.of(), Optional.empty(), true)));
        return snapshots;
    }

    /** For nodes on which runs are only tried: this machine's disk stays as it is. */
    public static SimSnapshots unwritten() {
        return new SimSnapshots(false);
    }

    boolean areWritten() {
        return written;
    }

    /**
     * Reads a file.
     *
     * @param sha256 of the whole file as it was planned with: another content is another entry
     * @throws BadSnapshot when it is no snapshot
     */
    Held read(Path path, String sha256) throws BadSnapshot {
        var known = Optional.ofNullable(read.get(sha256));
        if (known.isPresent()) {
            return known.get();
        }
        try (var file = SnapshotFile.open(path)) {
            var summary = file.summarize();
            var held = new Held(
                    path,
                    RestoredStore.read(file),
                    summary.alarms().stream()
                            .map(alarm -> alarm.type() + " " + alarm.member())
                            .toList(),
                    summary.clusterVersion(),
                    !(summary.storage().trailer() instanceof Trailer.Mismatch)
                            && summary.storage().sha256().equals(Optional.of(sha256)));
            read.put(sha256, held);
            return held;
        }
    }
}
