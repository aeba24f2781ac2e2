package dev.runbook.etcd.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** etcd's IDs are the first eight bytes, big-endian, of a SHA-1. */
final class Sha1 {
    private Sha1() {}

    static long firstEightBytes(String text) {
        return firstEightBytes(text.getBytes(UTF_8));
    }

    static long firstEightBytes(byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
