package dev.runbook.etcd.bbolt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads numbers and text from mapped memory. bbolt writes little-endian (on the machines that run etcd), etcd big-endian. */
public final class MappedBytes {
    private static final ValueLayout.OfShort LITTLE_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt LITTLE_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LITTLE_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong BIG_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private MappedBytes() {}

    public static int unsigned16(MemorySegment segment, long offset) {
        return Short.toUnsignedInt(segment.get(LITTLE_SHORT, offset));
    }

    public static long unsigned32(MemorySegment segment, long offset) {
        return Integer.toUnsignedLong(segment.get(LITTLE_INT, offset));
    }

    public static long little64(MemorySegment segment, long offset) {
        return segment.get(LITTLE_LONG, offset);
    }

    public static long big64(MemorySegment segment, long offset) {
        return segment.get(BIG_LONG, offset);
    }

    public static byte at(MemorySegment segment, long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset);
    }

    public static byte[] copy(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }

    public static String text(MemorySegment segment) {
        return new String(copy(segment), UTF_8);
    }

    /** As bbolt orders keys: byte by byte, unsigned, a prefix first. */
    public static int compare(MemorySegment left, MemorySegment right) {
        long difference = left.mismatch(right);
        if (difference < 0) {
            return 0;
        }
        if (difference == left.byteSize()) {
            return -1;
        }
        if (difference == right.byteSize()) {
            return 1;
        }
        return Byte.compareUnsigned(at(left, difference), at(right, difference));
    }
}
