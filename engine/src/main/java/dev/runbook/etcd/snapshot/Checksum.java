package dev.runbook.etcd.snapshot;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** CRC-32 with Castagnoli's polynomial, which etcd uses for HashKV and for {@code snapshot status}. */
final class Checksum {
    private static final int REVERSED_POLYNOMIAL = 0x82F63B78;
    private static final long CHUNK = 1 << 30;

    private final CRC32C crc = new CRC32C();

    void update(byte[] bytes) {
        crc.update(bytes);
    }

    void update(MemorySegment bytes) {
        for (long offset = 0; offset < bytes.byteSize(); offset += CHUNK) {
            crc.update(bytes.asSlice(offset, Math.min(CHUNK, bytes.byteSize() - offset))
                    .asByteBuffer());
        }
    }

    /** 0 to 2^32 - 1. */
    long value() {
        return crc.getValue();
    }

    /** The checksum of what {@code value} stands for with a few bytes after it, which the JDK's class cannot resume. */
    static long resumed(long value, byte[] bytes) {
        int state = ~(int) value;
        for (byte next : bytes) {
            state ^= Byte.toUnsignedInt(next);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                state = (state >>> 1) ^ ((state & 1) == 0 ? 0 : REVERSED_POLYNOMIAL);
            }
        }
        return Integer.toUnsignedLong(~state);
    }
}
