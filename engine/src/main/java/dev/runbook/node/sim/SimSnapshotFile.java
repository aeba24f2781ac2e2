package dev.runbook.node.sim;

import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes a simulated member's store as etcd would: the newest entry of each key, as after a compaction, under the revision
 * that the store is at, and buckets of members, versions and alarms (etcd: server/storage/schema).
 */
final class SimSnapshotFile {
    private SimSnapshotFile() {}

    static void write(Path target, SimStore store) throws IOException, MemberUnreachable {
        var bytes = Bbolt.file(Map.of(
                "alarm", alarms(store),
                "cluster", Bbolt.texts(Map.of("clusterVersion", minor(store.version()) + ".0")),
                "key", keys(store),
                "meta", meta(store),
                "members", members(store)));
        var part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, bytes);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Each key is a message AlarmMember (etcd: api/etcdserverpb/rpc.proto); a restore raises them again. */
    private static SortedMap<byte[], byte[]> alarms(SimStore store) {
        var entries = Bbolt.bucket();
        for (var alarm : store.alarms()) {
            var words = alarm.split(" ", 2);
            var message = new ByteArrayOutputStream();
            number(message, 1, Long.parseUnsignedLong(words[1], 16));
            number(message, 2, words[0].equals("NOSPACE") ? 1 : words[0].equals("CORRUPT") ? 2 : 0);
            entries.put(message.toByteArray(), new byte[0]);
        }
        return entries;
    }

    private static String minor(String version) {
        return version.substring(0, version.lastIndexOf('.'));
    }

    private static SortedMap<byte[], byte[]> keys(SimStore store) throws MemberUnreachable {
        var entries = Bbolt.bucket();
        long sub = 0;
        for (var entry : store.keys("").entrySet()) {
            entries.put(
                    revision(store.revision(), sub++), keyValue(store.revision(), entry.getKey(), entry.getValue()));
        }
        if (sub == 0 && store.revision() > 1) {
            // A store that has been written to and holds nothing still knows its revision: as a bump's record tells it.
            entries.put(revision(store.revision(), 0), new byte[0]);
        }
        return entries;
    }

    private static SortedMap<byte[], byte[]> meta(SimStore store) {
        var entries = Bbolt.bucket();
        entries.put(text("consistent_index"), big(store.revision()));
        entries.put(text("term"), big(2));
        return entries;
    }

    private static SortedMap<byte[], byte[]> members(SimStore store) {
        var entries = Bbolt.bucket();
        for (MemberReader.Member member : store.members()) {
            var json = "{\"id\":" + Long.toUnsignedString(Long.parseUnsignedLong(member.id(), 16)) + ",\"peerURLs\":[\""
                    + String.join("\",\"", member.peerUrls()) + "\"],\"name\":\"" + member.name() + "\"}";
            entries.put(text(member.id()), text(json));
        }
        return entries;
    }

    private static byte[] revision(long main, long sub) {
        return ByteBuffer.allocate(17)
                .putLong(main)
                .put((byte) '_')
                .putLong(sub)
                .array();
    }

    /** mvccpb.KeyValue: key 1, create_revision 2, mod_revision 3, version 4, value 5 (etcd: api/mvccpb/kv.proto). */
    private static byte[] keyValue(long revision, String key, byte[] value) {
        var message = new ByteArrayOutputStream();
        bytes(message, 1, text(key));
        number(message, 2, revision);
        number(message, 3, revision);
        number(message, 4, 1);
        bytes(message, 5, value);
        return message.toByteArray();
    }

    private static void bytes(ByteArrayOutputStream message, int field, byte[] value) {
        message.write((field << 3) | 2);
        varint(message, value.length);
        message.writeBytes(value);
    }

    private static void number(ByteArrayOutputStream message, int field, long value) {
        message.write(field << 3);
        varint(message, value);
    }

    private static void varint(ByteArrayOutputStream message, long value) {
        long left = value;
        for (; Long.compareUnsigned(left, 0x80) >= 0; left >>>= 7) {
            message.write((int) ((left & 0x7f) | 0x80));
        }
        message.write((int) left);
    }

    private static byte[] big(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
