package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.MappedBytes;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/** Iterates over the fields of a protocol buffer message without copying it. */
public final class ProtobufFields {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final MemorySegment segment;
    private final long end;
    private final Function<String, DamagedPage> damaged;
    private long position;
    private int field;
    private long number;
    private long start;
    private long length;

    /** @param damaged what to throw when the message is damaged */
    public ProtobufFields(MemorySegment message, Function<String, DamagedPage> damaged) {
        this(message, 0, message.byteSize(), damaged);
    }

    /** The message at these bytes of a segment. */
    public ProtobufFields(MemorySegment segment, long from, long end, Function<String, DamagedPage> damaged) {
        this.segment = segment;
        this.position = from;
        this.end = end;
        this.damaged = damaged;
    }

    public boolean next() {
        if (position >= end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        number = 0;
        length = 0;
        switch ((int) (tag & 7)) {
            case VARINT -> number = varint();
            case BYTES -> {
                length = varint();
                start = position;
                skip(length);
            }
            case FIXED64 -> skip(Long.BYTES);
            case FIXED32 -> skip(Integer.BYTES);
            default -> throw damaged.apply("a value is not a protocol buffer message");
        }
        return true;
    }

    public int field() {
        return field;
    }

    /** The value of a number field, 0 for others. */
    public long number() {
        return number;
    }

    /** The value of a bytes field, empty for others. */
    public MemorySegment bytes() {
        return length == 0 ? MemorySegment.NULL : segment.asSlice(start, length);
    }

    /** Where the value of a bytes field starts, from the start of the segment. */
    public long start() {
        return start;
    }

    /** Length of the value of a bytes field, 0 for others. */
    public long length() {
        return length;
    }

    private void skip(long bytes) {
        if (bytes < 0 || bytes > end - position) {
            throw damaged.apply("a protocol buffer field is longer than its message");
        }
        position += bytes;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= end) {
                break;
            }
            byte next = MappedBytes.at(segment, position++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged.apply("a number in a protocol buffer message does not end");
    }
}
