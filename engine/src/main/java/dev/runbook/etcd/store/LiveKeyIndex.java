package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.Cursor;
import dev.runbook.etcd.bbolt.MappedBytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Finds the newest entry of each key while the bucket {@code key} is walked. It is off the heap, 32 bytes a slot, so
 * millions of keys take no heap. For one thread.
 */
public final class LiveKeyIndex implements AutoCloseable {
    private static final int FIRST_SLOTS = 1 << 7;
    private static final int SLOT = 32;
    private static final int KEY_FIELD = 1;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    /** The ordinal of a {@link Slot} plus one: 0 is a free slot, and a negative number a deleted key. */
    private static final int ORDINAL = 0;

    private static final int VALUE = 8;
    private static final int VALUE_LENGTH = 16;
    private static final int NAME = 20;
    private static final int NAME_LENGTH = 24;
    private static final int HASH = 28;

    private final MemorySegment file;
    /** Random, so that no client can choose keys that all hash to one slot. */
    private final long seed = new SplittableRandom().nextLong();

    private Arena arena = Arena.ofConfined();
    private MemorySegment slots = arena.allocate((long) FIRST_SLOTS * SLOT, Long.BYTES);
    private long used;
    private long live;

    public LiveKeyIndex(MemorySegment file) {
        this.file = file;
    }

    /**
     * An entry of the bucket {@code key}.
     *
     * @param ordinal number of entries before it
     * @param name of the key; empty for the record that a bump leaves
     * @param message etcd's protocol buffer {@code mvccpb.KeyValue}
     */
    public record Slot(long ordinal, MemorySegment name, MemorySegment message) {}

    /** Adds the entry at the position of a cursor; entries must be added in their order. */
    public void put(Cursor cursor, long ordinal, KeyRevision revision) {
        MemorySegment message = cursor.value();
        MemorySegment name = name(message, cursor);
        int hash = hash(name);
        long slot = find(name, hash);
        long before = slots.get(ValueLayout.JAVA_LONG, slot + ORDINAL);
        if (before == 0) {
            if (revision.tombstone()) {
                return;
            }
            used++;
        }
        live += (revision.tombstone() ? 0 : 1) - (before > 0 ? 1 : 0);
        long start = message.address() - file.address();
        slots.set(ValueLayout.JAVA_LONG, slot + ORDINAL, revision.tombstone() ? -1 : ordinal + 1);
        slots.set(ValueLayout.JAVA_LONG, slot + VALUE, start);
        slots.set(ValueLayout.JAVA_INT, slot + VALUE_LENGTH, (int) message.byteSize());
        slots.set(
                ValueLayout.JAVA_INT,
                slot + NAME,
                name.byteSize() == 0 ? 0 : (int) (name.address() - message.address()));
        slots.set(ValueLayout.JAVA_INT, slot + NAME_LENGTH, (int) name.byteSize());
        slots.set(ValueLayout.JAVA_INT, slot + HASH, hash);
        if (used * 3 > slots.byteSize() / SLOT * 2) {
            grow();
        }
    }

    /** Number of keys that are not deleted, a bump's record among them. */
    public long size() {
        return live;
    }

    /** Ordinal of the last bump's record, which etcd stores under the key ""; negative when there is none. */
    public long bump() {
        return slots.get(ValueLayout.JAVA_LONG, find(MemorySegment.NULL, hash(MemorySegment.NULL)) + ORDINAL) - 1;
    }

    /** Number of keys that a client can see: not deleted, and not a bump's record. */
    public long keys() {
        return live - (bump() < 0 ? 0 : 1);
    }

    /** The slots of all live keys, in no order, for {@link #at}. */
    public void forEach(LongConsumer consumer) {
        for (long slot = 0; slot < slots.byteSize(); slot += SLOT) {
            if (slots.get(ValueLayout.JAVA_LONG, slot + ORDINAL) > 0) {
                consumer.accept(slot);
            }
        }
    }

    public Slot at(long slot) {
        MemorySegment message = file.asSlice(
                slots.get(ValueLayout.JAVA_LONG, slot + VALUE),
                Integer.toUnsignedLong(slots.get(ValueLayout.JAVA_INT, slot + VALUE_LENGTH)));
        return new Slot(slots.get(ValueLayout.JAVA_LONG, slot + ORDINAL) - 1, nameAt(slot), message);
    }

    public MemorySegment nameAt(long slot) {
        return file.asSlice(
                slots.get(ValueLayout.JAVA_LONG, slot + VALUE)
                        + Integer.toUnsignedLong(slots.get(ValueLayout.JAVA_INT, slot + NAME)),
                Integer.toUnsignedLong(slots.get(ValueLayout.JAVA_INT, slot + NAME_LENGTH)));
    }

    /** The slot of a key, or the free slot for it. */
    private long find(MemorySegment name, int hash) {
        long mask = slots.byteSize() / SLOT - 1;
        for (long number = hash & mask; ; number = (number + 1) & mask) {
            long slot = number * SLOT;
            if (slots.get(ValueLayout.JAVA_LONG, slot + ORDINAL) == 0
                    || (slots.get(ValueLayout.JAVA_INT, slot + HASH) == hash && same(slot, name))) {
                return slot;
            }
        }
    }

    private boolean same(long slot, MemorySegment name) {
        return Integer.toUnsignedLong(slots.get(ValueLayout.JAVA_INT, slot + NAME_LENGTH)) == name.byteSize()
                && nameAt(slot).mismatch(name) < 0;
    }

    private void grow() {
        // Deleted keys are dropped, so the table may keep its size.
        long size = live * 3 > slots.byteSize() / SLOT ? slots.byteSize() * 2 : slots.byteSize();
        MemorySegment old = slots;
        Arena oldArena = arena;
        arena = Arena.ofConfined();
        slots = arena.allocate(size, Long.BYTES);
        used = live;
        long mask = size / SLOT - 1;
        for (long slot = 0; slot < old.byteSize(); slot += SLOT) {
            if (old.get(ValueLayout.JAVA_LONG, slot + ORDINAL) > 0) {
                long number = old.get(ValueLayout.JAVA_INT, slot + HASH) & mask;
                while (slots.get(ValueLayout.JAVA_LONG, number * SLOT + ORDINAL) != 0) {
                    number = (number + 1) & mask;
                }
                MemorySegment.copy(old, slot, slots, number * SLOT, SLOT);
            }
        }
        oldArena.close();
    }

    private int hash(MemorySegment name) {
        long hash = seed;
        long offset = 0;
        for (; offset + Long.BYTES <= name.byteSize(); offset += Long.BYTES) {
            hash = mix(hash ^ MappedBytes.little64(name, offset));
        }
        for (; offset < name.byteSize(); offset++) {
            hash = (hash ^ MappedBytes.at(name, offset)) * MULTIPLIER;
        }
        return (int) (mix(hash) >>> 7);
    }

    private static long mix(long value) {
        long mixed = value * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }

    private static MemorySegment name(MemorySegment message, Cursor cursor) {
        ProtobufFields fields = new ProtobufFields(message, cursor::damaged);
        MemorySegment name = MemorySegment.NULL;
        while (fields.next()) {
            if (fields.field() == KEY_FIELD) {
                name = fields.bytes();
            }
        }
        return name;
    }

    @Override
    public void close() {
        arena.close();
    }
}
