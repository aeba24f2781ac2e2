package dev.runbook.etcd.client;

import com.google.protobuf.ByteString;

/** Bounds of etcd's key ranges: the first key, and the end, which is exclusive. */
final class KeyRanges {
    /** Less than every key; as the end of a range it means no end. */
    static final ByteString FIRST = ByteString.copyFrom(new byte[] {0});

    private KeyRanges() {}

    /** The first key after all keys with a prefix: the prefix up to its last byte below 0xff, with that byte plus one. */
    static ByteString endOf(ByteString prefix) {
        for (int last = prefix.size() - 1; last >= 0; last--) {
            byte raised = (byte) (prefix.byteAt(last) + 1);
            if (raised != 0) {
                return prefix.substring(0, last).concat(ByteString.copyFrom(new byte[] {raised}));
            }
        }
        return FIRST;
    }

    /** The key right after a key. */
    static ByteString after(ByteString key) {
        return key.concat(FIRST);
    }
}
