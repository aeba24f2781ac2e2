package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.MetaPage;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;

/**
 * Counts the live keys while several threads walk the bucket {@code key} in any order. It is off the heap, 16 to 48 bytes a
 * key, in shards with a lock each.
 */
public final class LiveKeyCounter implements AutoCloseable {
    private static final int SHARD_BITS = 6;
    private static final long MOST_FIRST_SLOTS = 1 << 21;

    private final Arena arena;
    private final long seed = new SplittableRandom().nextLong();

    private final LiveKeyShard[] shards = new LiveKeyShard[1 << SHARD_BITS];

    /** @param arena shared when several threads use it; closed with the counter */
    public LiveKeyCounter(MetaPage meta, Arena arena) {
        this.arena = arena;
        long slots = Math.min(meta.highWater(), MOST_FIRST_SLOTS);
        for (int shard = 0; shard < shards.length; shard++) {
            shards[shard] = new LiveKeyShard(arena, slots >>> SHARD_BITS);
        }
    }

    /** The seed for {@link KeyNameHash}. */
    long seed() {
        return seed;
    }

    /**
     * Adds an entry of the bucket.
     *
     * @param hash of its name
     * @param element in the caller's mapping of the file
     * @param name where its name starts in the file
     * @param length of the name, above 0, because the record of a bump has no name and is not a key
     */
    void put(long hash, LeafElement element, KeyRevision revision, long name, long length) {
        LiveKeyShard shard = shards[(int) (hash >>> (Long.SIZE - SHARD_BITS))];
        synchronized (shard) {
            shard.put(hash, element, revision, name, length);
        }
    }

    /** Number of keys that are not deleted. */
    public long live() {
        long live = 0;
        for (LiveKeyShard shard : shards) {
            synchronized (shard) {
                live += shard.live();
            }
        }
        return live;
    }

    @Override
    public void close() {
        arena.close();
    }
}
