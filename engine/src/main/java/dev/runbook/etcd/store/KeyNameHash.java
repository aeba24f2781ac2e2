package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.MappedBytes;
import java.lang.foreign.MemorySegment;

/** Hashes names of keys. With a random seed no client can choose keys that all hash to one slot. */
final class KeyNameHash {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private KeyNameHash() {}

    static long of(byte[] bytes, int offset, int length, long seed) {
        long hash = mix(seed ^ length);
        int at = offset;
        for (; at + Integer.BYTES <= offset + length; at += Integer.BYTES) {
            int word = (bytes[at] & 0xff)
                    | ((bytes[at + 1] & 0xff) << 8)
                    | ((bytes[at + 2] & 0xff) << 16)
                    | (bytes[at + 3] << 24);
            hash = mix(hash ^ word);
        }
        for (; at < offset + length; at++) {
            hash = mix(hash ^ bytes[at]);
        }
        return mix(hash);
    }

    /** The same for bytes in the file. */
    static long of(MemorySegment file, long offset, long length, long seed) {
        byte[] bytes = MappedBytes.copy(file.asSlice(offset, length));
        return of(bytes, 0, bytes.length, seed);
    }

    private static long mix(long value) {
        long mixed = value * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }
}
