package dev.runbook.etcd.client;

import com.google.protobuf.ByteString;

/** Ranges of keys as etcd takes them: the first key, and the one after the last. */
final class KeyRanges {
    /** Comes before every key; as an end of a range it means that there is none. */
    static final ByteString FIRST = ByteString.copyFrom(new byte[] {0});

    private KeyRanges() {}

    /** The first key after all that start with a prefix: its last byte that can be raised is. */
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
