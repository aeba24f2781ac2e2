package dev.runbook.etcd.client;

/**
 * The result of HashKV.
 *
 * @param hash 0 to 2^32 - 1
 * @param compactRevision -1 when there was no compaction
 * @param currentRevision the store's revision at the time of the call
 */
public record KvHash(long hash, long compactRevision, long currentRevision) {}
