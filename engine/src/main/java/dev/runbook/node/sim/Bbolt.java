package dev.runbook.node.sim;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small bbolt file with the SHA-256 behind it that {@code etcdctl snapshot save} leaves: one leaf page, however long, for
 * each bucket (bbolt: internal/common/{page,meta}.go). The same buckets give the same bytes.
 */
final class Bbolt {
    private static final int PAGE = 4096;
    private static final int HEADER = 16;
    private static final int ELEMENT = 16;
    private static final int META_LENGTH = 56;
    private static final short LEAF = 2;
    private static final short META = 4;
    private static final int BUCKET = 1;
    private static final int MAGIC = 0xED0CDAED;
    private static final int FIRST_FREE = 2;

    private Bbolt() {}

    static SortedMap<byte[], byte[]> bucket() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    static SortedMap<byte[], byte[]> texts(Map<String, String> entries) {
        var bucket = bucket();
        entries.forEach((key, value) ->
                bucket.put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
        return bucket;
    }

    /** The whole file. */
    static byte[] file(Map<String, SortedMap<byte[], byte[]>> buckets) {
        var pages = new ByteArrayOutputStream();
        var roots = bucket();
        long next = FIRST_FREE;
        for (var entry : new TreeMap<>(buckets).entrySet()) {
            var page = leaf(next, entry.getValue(), 0);
            pages.writeBytes(page);
            var root = new byte[2 * Long.BYTES];
            little(root).putLong(next).putLong(0);
            roots.put(entry.getKey().getBytes(StandardCharsets.UTF_8), root);
            next += page.length / PAGE;
        }
        var top = leaf(next, roots, BUCKET);
        pages.writeBytes(top);
        long highWater = next + top.length / PAGE;
        var file = new ByteArrayOutputStream();
        file.writeBytes(meta(0, next, highWater));
        file.writeBytes(meta(1, next, highWater));
        file.writeBytes(pages.toByteArray());
        file.writeBytes(sha256(file.toByteArray()));
        return file.toByteArray();
    }

    private static byte[] meta(long number, long root, long highWater) {
        var bytes = new byte[PAGE];
        var page = header(bytes, number, META, 0);
        page.putInt(MAGIC).putInt(2).putInt(PAGE).putInt(0).putLong(root).putLong(0);
        // No list of free pages: etcd keeps none either.
        page.putLong(-1).putLong(highWater).putLong(number);
        long hash = 0xcbf29ce484222325L;
        for (int at = HEADER; at < HEADER + META_LENGTH; at++) {
            hash = (hash ^ Byte.toUnsignedLong(page.get(at))) * 0x100000001b3L;
        }
        page.putLong(hash);
        return bytes;
    }

    private static byte[] leaf(long number, SortedMap<byte[], byte[]> entries, int flags) {
        int data = entries.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length + entry.getValue().length)
                .sum();
        int used = HEADER + ELEMENT * entries.size() + data;
        var bytes = new byte[(used + PAGE - 1) / PAGE * PAGE];
        var page = header(bytes, number, LEAF, entries.size());
        int element = HEADER;
        int position = HEADER + ELEMENT * entries.size();
        for (var entry : entries.entrySet()) {
            page.putInt(element, flags)
                    .putInt(element + 4, position - element)
                    .putInt(element + 8, entry.getKey().length)
                    .putInt(element + 12, entry.getValue().length);
            page.put(position, entry.getKey()).put(position + entry.getKey().length, entry.getValue());
            position += entry.getKey().length + entry.getValue().length;
            element += ELEMENT;
        }
        return bytes;
    }

    private static ByteBuffer header(byte[] page, long number, short flags, int count) {
        return little(page)
                .putLong(number)
                .putShort(flags)
                .putShort((short) count)
                .putInt(page.length / PAGE - 1);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
