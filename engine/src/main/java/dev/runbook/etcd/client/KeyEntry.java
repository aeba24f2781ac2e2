package dev.runbook.etcd.client;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KeyValue;

/**
 * A key of the store.
 *
 * @param value empty when only keys were requested
 */
public record KeyEntry(
        ByteString key, ByteString value, long createRevision, long modRevision, long version, long lease) {

    static KeyEntry of(KeyValue entry) {
        return new KeyEntry(
                entry.getKey(),
                entry.getValue(),
                entry.getCreateRevision(),
                entry.getModRevision(),
                entry.getVersion(),
                entry.getLease());
    }
}
