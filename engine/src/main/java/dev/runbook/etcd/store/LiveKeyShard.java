package dev.runbook.etcd.store;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A shard of a {@link LiveKeyCounter}: the newest entry of each key whose hash belongs to it. It holds deleted keys too,
 * because an older entry of one may follow. For one thread at a time.
 */
final class LiveKeyShard {
    private static final int SLOT = 16;
    private static final int FIRST_SLOTS = 16;
    /** The offset of the element times two, plus one for a tombstone; 0 is a free slot. */
    private static final int OFFSET = 0;

    private static final int HASH = 8;

    private final Arena arena;
    private MemorySegment slots;
    private long used;
    private long live;

    LiveKeyShard(Arena arena, long slots) {
        this.arena = arena;
        this.slots = allocate(Math.max(FIRST_SLOTS, Long.highestOneBit(slots)));
    }

    private MemorySegment allocate(long count) {
        return arena.allocate(count * SLOT, Long.BYTES);
    }

    /** As {@link LiveKeyCounter#put}. */
    void put(long hash, LeafElement element, KeyRevision revision, long name, long length) {
        long slot = find(hash, element, name, length);
        long before = slots.get(ValueLayout.JAVA_LONG, slot + OFFSET);
        long offset = (element.offset() << 1) | (revision.tombstone() ? 1 : 0);
        if (before == 0) {
            slots.set(ValueLayout.JAVA_LONG, slot + OFFSET, offset);
            slots.set(ValueLayout.JAVA_LONG, slot + HASH, hash);
            live += 1 - (offset & 1);
            used++;
            if (used * 3 > slots.byteSize() / SLOT * 2) {
                grow();
            }
        } else if (at(element, before).revision().compareTo(revision) < 0) {
            slots.set(ValueLayout.JAVA_LONG, slot + OFFSET, offset);
            live += (before & 1) - (offset & 1);
        }
    }

    long live() {
        return live;
    }

    /** The slot of a key, or the free slot for it. */
    private long find(long hash, LeafElement element, long name, long length) {
        long mask = slots.byteSize() / SLOT - 1;
        for (long number = hash & mask; ; number = (number + 1) & mask) {
            long slot = number * SLOT;
            long offset = slots.get(ValueLayout.JAVA_LONG, slot + OFFSET);
            if (offset == 0) {
                return slot;
            }
            if (slots.get(ValueLayout.JAVA_LONG, slot + HASH) == hash
                    && at(element, offset).hasName(name, length)) {
                return slot;
            }
        }
    }

    private static LeafElement at(LeafElement sameFile, long offset) {
        return new LeafElement(sameFile.file(), offset >>> 1);
    }

    private void grow() {
        MemorySegment old = slots;
        slots = allocate(old.byteSize() / SLOT * 2);
        long mask = slots.byteSize() / SLOT - 1;
        for (long slot = 0; slot < old.byteSize(); slot += SLOT) {
            if (old.get(ValueLayout.JAVA_LONG, slot + OFFSET) != 0) {
                long number = old.get(ValueLayout.JAVA_LONG, slot + HASH) & mask;
                while (slots.get(ValueLayout.JAVA_LONG, number * SLOT + OFFSET) != 0) {
                    number = (number + 1) & mask;
                }
                MemorySegment.copy(old, slot, slots, number * SLOT, SLOT);
            }
        }
    }
}
