package dev.runbook.etcd.client;

/**
 * A member's answer to HashKV.
 *
 * @param hash 0 to 2^32 - 1
 * @param compactRevision -1 when nothing was ever compacted
 * @param currentRevision the store's revision when it answered
 */
public record KvHash(long hash, long compactRevision, long currentRevision) {}
