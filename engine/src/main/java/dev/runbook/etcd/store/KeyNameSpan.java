package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.DamagedPage;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * Where a message {@code mvccpb.KeyValue} holds the name of its key.
 *
 * @param start bytes from the start of the file
 * @param length 0 for the record of a bump, which has no name
 */
record KeyNameSpan(long start, long length) {
    private static final int KEY = 1;

    /**
     * Reads the whole message, to detect a damaged one.
     *
     * @param from where it starts in the file
     * @param end where it ends
     */
    static KeyNameSpan of(MemorySegment file, long from, long end, Function<String, DamagedPage> damaged) {
        ProtobufFields fields = new ProtobufFields(file, from, end, damaged);
        long start = 0;
        long length = 0;
        while (fields.next()) {
            if (fields.field() == KEY) {
                start = fields.start();
                length = fields.length();
            }
        }
        return new KeyNameSpan(start, length);
    }
}
