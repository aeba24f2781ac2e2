package dev.runbook.etcd.snapshot;

import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/** Steps through the fields of a protocol buffer message without copying it. */
final class ProtoFields {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final MemorySegment message;
    private final Function<String, DamagedPage> damaged;
    private long position;
    private int field;
    private long number;
    private MemorySegment bytes = MemorySegment.NULL;

    /** @param damaged what to throw when the message is damaged */
    ProtoFields(MemorySegment message, Function<String, DamagedPage> damaged) {
        this.message = message;
        this.damaged = damaged;
    }

    boolean next() {
        if (position >= message.byteSize()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        number = 0;
        bytes = MemorySegment.NULL;
        switch ((int) (tag & 7)) {
            case VARINT -> number = varint();
            case BYTES -> bytes = take(varint());
            case FIXED64 -> take(Long.BYTES);
            case FIXED32 -> take(Integer.BYTES);
            default -> throw damaged.apply("a value is no protocol buffer message");
        }
        return true;
    }

    int field() {
        return field;
    }

    /** The value of a number field, 0 for others. */
    long number() {
        return number;
    }

    /** The value of a bytes field, empty for others. */
    MemorySegment bytes() {
        return bytes;
    }

    private MemorySegment take(long length) {
        if (length < 0 || length > message.byteSize() - position) {
            throw damaged.apply("a protocol buffer field is longer than its message");
        }
        MemorySegment taken = message.asSlice(position, length);
        position += length;
        return taken;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= message.byteSize()) {
                break;
            }
            byte next = Bytes.at(message, position++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged.apply("a number in a protocol buffer message does not end");
    }
}
