package dev.runbook.node.sim;

import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What a member has on its disk: who its cluster is, and a key-value store that is what it began with and what was
 * written since.
 *
 * @param version of the server, such as {@code 3.5.16}
 * @param members of its cluster as it knows them
 * @param alarms raised, as {@code NOSPACE 8e9e05c52164694d}
 */
record SimStore(
        String version, List<MemberReader.Member> members, List<String> alarms, Origin origin, List<Write> writes) {
    SimStore {
        members = List.copyOf(members);
        alarms = List.copyOf(alarms);
        writes = List.copyOf(writes);
    }

    /** What it began with. */
    sealed interface Origin {
        long revision();

        /** Without a key. */
        record Nothing(long revision) implements Origin {}

        /**
         * A snapshot.
         *
         * @param revision at which a restore of it starts
         * @param hash HashKV there
         */
        record Snapshot(SimSnapshots.Held file, long revision, long hash) implements Origin {}
    }

    /** A put, at a revision. */
    record Write(long revision, String key, String value) {}

    long revision() {
        return writes.isEmpty() ? origin.revision() : writes.getLast().revision();
    }

    SimStore put(String key, String value) {
        var next = new ArrayList<>(writes);
        next.add(new Write(revision() + 1, key, value));
        return new SimStore(version, members, alarms, origin, next);
    }

    /**
     * HashKV. At the revision at which a restore starts it is etcd's own number, computed from the snapshot; behind it, one
     * that is the same for the same history.
     */
    long hashAt(long revision) throws MemberUnreachable {
        if (revision > revision()) {
            throw new MemberUnreachable("etcdserver: mvcc: required revision is a future revision");
        }
        if (revision < origin.revision()) {
            throw new MemberUnreachable("etcdserver: mvcc: required revision has been compacted");
        }
        long hash = switch (origin) {
            case Origin.Nothing _ -> 0;
            case Origin.Snapshot snapshot -> snapshot.hash();
        };
        var later =
                writes.stream().filter(write -> write.revision() <= revision).toList();
        if (later.isEmpty()) {
            return hash;
        }
        var checksum = new CRC32C();
        checksum.update((hash + later.toString()).getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }

    /** Keys that are there, with their values. */
    SortedMap<String, byte[]> keys(String prefix) throws MemberUnreachable {
        var keys = new TreeMap<String, byte[]>(
                switch (origin) {
                    case Origin.Nothing _ -> new TreeMap<>();
                    case Origin.Snapshot snapshot -> snapshot.file().keys(prefix);
                });
        writes.stream()
                .filter(write -> write.key().startsWith(prefix))
                .forEach(write -> keys.put(write.key(), write.value().getBytes(StandardCharsets.UTF_8)));
        return keys;
    }
}
