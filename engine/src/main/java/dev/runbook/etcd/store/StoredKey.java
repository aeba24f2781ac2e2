package dev.runbook.etcd.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.MappedBytes;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * A key of the store with its value (etcd: api/mvccpb/kv.proto).
 *
 * @param name a view into the file, valid while it is open
 * @param createRevision revision of the put that created the key
 * @param modRevision revision of its last put
 * @param version number of puts since it was created
 * @param lease 0 for none
 * @param value a view into the file, valid while it is open
 */
public record StoredKey(
        MemorySegment name, long createRevision, long modRevision, long version, long lease, MemorySegment value) {

    public static StoredKey read(MemorySegment message, Function<String, DamagedPage> damaged) {
        MemorySegment name = MemorySegment.NULL;
        MemorySegment value = MemorySegment.NULL;
        long created = 0;
        long modified = 0;
        long version = 0;
        long lease = 0;
        ProtobufFields fields = new ProtobufFields(message, damaged);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> name = fields.bytes();
                case 2 -> created = fields.number();
                case 3 -> modified = fields.number();
                case 4 -> version = fields.number();
                case 5 -> value = fields.bytes();
                case 6 -> lease = fields.number();
                default -> {}
            }
        }
        return new StoredKey(name, created, modified, version, lease, value);
    }

    /** The name as text; bytes that are not UTF-8 are replaced. */
    public String nameText() {
        return new String(nameBytes(), UTF_8);
    }

    public byte[] nameBytes() {
        return MappedBytes.copy(name);
    }

    public byte[] valueBytes() {
        return MappedBytes.copy(value);
    }

    /** Bytes of name and value. */
    public long size() {
        return name.byteSize() + value.byteSize();
    }
}
