package dev.runbook.etcd.store;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A part of a {@link LiveKeyCounter}: the newest entry of each key that falls on it, deleted ones too, since an older entry may
 * still come. For one thread at a time.
 */
final class LiveKeyShard {
    private static final int SLOT = 16;
    private static final int FIRST_SLOTS = 16;
    /** Where the element stands, times two, and one more when it deletes its key; 0 is a free slot. */
    private static final int PLACE = 0;

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
        long before = slots.get(ValueLayout.JAVA_LONG, slot + PLACE);
        long place = (element.offset() << 1) | (revision.tombstone() ? 1 : 0);
        if (before == 0) {
            slots.set(ValueLayout.JAVA_LONG, slot + PLACE, place);
            slots.set(ValueLayout.JAVA_LONG, slot + HASH, hash);
            live += 1 - (place & 1);
            used++;
            if (used * 3 > slots.byteSize() / SLOT * 2) {
                grow();
            }
        } else if (at(element, before).revision().compareTo(revision) < 0) {
            slots.set(ValueLayout.JAVA_LONG, slot + PLACE, place);
            live += (before & 1) - (place & 1);
        }
    }

    long live() {
        return live;
    }

    /** The slot of a key, or the free one that it would get. */
    private long find(long hash, LeafElement element, long name, long length) {
        long mask = slots.byteSize() / SLOT - 1;
        for (long number = hash & mask; ; number = (number + 1) & mask) {
            long slot = number * SLOT;
            long place = slots.get(ValueLayout.JAVA_LONG, slot + PLACE);
            if (place == 0) {
                return slot;
            }
            if (slots.get(ValueLayout.JAVA_LONG, slot + HASH) == hash
                    && at(element, place).named(name, length)) {
                return slot;
            }
        }
    }

    private static LeafElement at(LeafElement sameFile, long place) {
        return new LeafElement(sameFile.file(), place >>> 1);
    }

    private void grow() {
        MemorySegment old = slots;
        slots = allocate(old.byteSize() / SLOT * 2);
        long mask = slots.byteSize() / SLOT - 1;
        for (long slot = 0; slot < old.byteSize(); slot += SLOT) {
            if (old.get(ValueLayout.JAVA_LONG, slot + PLACE) != 0) {
                long number = old.get(ValueLayout.JAVA_LONG, slot + HASH) & mask;
                while (slots.get(ValueLayout.JAVA_LONG, number * SLOT + PLACE) != 0) {
                    number = (number + 1) & mask;
                }
                MemorySegment.copy(old, slot, slots, number * SLOT, SLOT);
            }
        }
    }
}
