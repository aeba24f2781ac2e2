package dev.runbook.etcd.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Targeted edits of a real snapshot. */
final class BboltEdits {
    static final int PAGE = 4096;
    private static final int ROOT = 16 + 16;
    private static final int HIGH_WATER = 16 + 40;
    private static final int CHECKSUM = 16 + 56;

    private BboltEdits() {}

    static ByteBuffer of(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The current meta page: 0 or 1. */
    static int newestMeta(ByteBuffer file) {
        return file.getLong(16 + 48) > file.getLong(PAGE + 16 + 48) ? 0 : 1;
    }

    static long root(ByteBuffer file) {
        return file.getLong(newestMeta(file) * PAGE + ROOT);
    }

    /** Sets root page and number of pages in the current meta page, with a valid checksum. */
    static void setRoot(ByteBuffer file, long page, long highWater) {
        int meta = newestMeta(file) * PAGE;
        file.putLong(meta + ROOT, page).putLong(meta + HIGH_WATER, highWater);
        long hash = 0xcbf29ce484222325L;
        for (int at = meta + 16; at < meta + CHECKSUM; at++) {
            hash = (hash ^ Byte.toUnsignedLong(file.get(at))) * 0x100000001b3L;
        }
        file.putLong(meta + CHECKSUM, hash);
    }
}
