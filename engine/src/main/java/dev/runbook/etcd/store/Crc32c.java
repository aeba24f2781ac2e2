package dev.runbook.etcd.store;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** CRC-32 with Castagnoli's polynomial, which etcd uses for HashKV and for {@code snapshot status}. */
public final class Crc32c {
    private static final int REVERSED_POLYNOMIAL = 0x82F63B78;
    private static final int ONE = 0x80000000;
    private static final long CHUNK = 1 << 30;

    private final CRC32C crc = new CRC32C();

    public void update(byte[] bytes) {
        crc.update(bytes);
    }

    public void update(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
    }

    public void update(MemorySegment bytes) {
        for (long offset = 0; offset < bytes.byteSize(); offset += CHUNK) {
            crc.update(bytes.asSlice(offset, Math.min(CHUNK, bytes.byteSize() - offset))
                    .asByteBuffer());
        }
    }

    /** 0 to 2^32 - 1. */
    public long value() {
        return crc.getValue();
    }

    /** The checksum of the bytes behind {@code value} followed by a few more, which the JDK's class cannot continue. */
    public static long continued(long value, byte[] bytes) {
        int state = ~(int) value;
        for (byte next : bytes) {
            state ^= Byte.toUnsignedInt(next);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                state = (state >>> 1) ^ ((state & 1) == 0 ? 0 : REVERSED_POLYNOMIAL);
            }
        }
        return Integer.toUnsignedLong(~state);
    }

    /**
     * The checksum of two byte sequences, one after the other, from the checksum of each: both are polynomials over GF(2), and
     * the first is multiplied by x to the power of the number of bits that follow it.
     *
     * @param bytes length of the second sequence
     */
    public static long concatenated(long first, long second, long bytes) {
        int shifted = (int) first;
        int power = ONE >>> Byte.SIZE;
        for (long left = bytes; left > 0; left >>>= 1) {
            if ((left & 1) != 0) {
                shifted = product(shifted, power);
            }
            power = product(power, power);
        }
        return Integer.toUnsignedLong(shifted) ^ second;
    }

    /** Product of two polynomials, modulo Castagnoli's; the highest bit is the coefficient of 1. */
    private static int product(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : REVERSED_POLYNOMIAL);
        }
        return product;
    }
}
