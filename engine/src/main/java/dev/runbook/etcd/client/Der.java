package dev.runbook.etcd.client;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Reads and writes the DER that wraps a private key in PKCS#8. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return value(SEQUENCE, content.toByteArray());
    }

    static byte[] octets(byte[] content) {
        return value(OCTETS, content);
    }

    private static byte[] value(int tag, byte[] content) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (content.length < 0x80) {
            value.write(content.length);
        } else if (content.length < 0x100) {
            value.write(0x81);
            value.write(content.length);
        } else {
            value.write(0x82);
            value.write(content.length >>> 8);
            value.write(content.length);
        }
        value.writeBytes(content);
        return value.toByteArray();
    }

    /**
     * The object identifier of the curve inside a SEC 1 key (RFC 5915): version, key, then [0] with the curve.
     *
     * @throws IllegalArgumentException when the key does not name its curve
     */
    static byte[] curveOfSec1(byte[] key) {
        int[] at = {0};
        if (enter(key, at) != SEQUENCE) {
            throw new IllegalArgumentException("not a SEC 1 key");
        }
        while (at[0] < key.length) {
            int start = at[0];
            int tag = key[start] & 0xff;
            int length = lengthAt(key, at);
            if (tag == CURVE) {
                return Arrays.copyOfRange(key, at[0], end(key, at[0], length));
            }
            at[0] = end(key, at[0], length);
        }
        throw new IllegalArgumentException("a SEC 1 key that does not name its curve");
    }

    /** Enters a value and returns its tag. */
    private static int enter(byte[] der, int[] at) {
        int tag = der.length == 0 ? 0 : der[at[0]] & 0xff;
        lengthAt(der, at);
        return tag;
    }

    /** Moves past tag and length, and returns the length. */
    private static int lengthAt(byte[] der, int[] at) {
        int first = end(der, at[0], 2) - 1;
        int length = der[first] & 0xff;
        at[0] = first + 1;
        if (length < 0x80) {
            return length;
        }
        int bytes = length & 0x7f;
        int following = end(der, at[0], bytes);
        length = 0;
        for (; at[0] < following; at[0]++) {
            length = (length << 8) | (der[at[0]] & 0xff);
        }
        return length;
    }

    private static int end(byte[] der, int start, int length) {
        if (length < 0 || length > der.length - start) {
            throw new IllegalArgumentException("a DER value is longer than its input");
        }
        return start + length;
    }
}
