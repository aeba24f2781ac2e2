package dev.runbook.etcd.client;

/**
 * The result of HashKV.
 *
 * @param hash 0 to 2^32 - 1
 * @param compactRevision -1 when there was no compaction
 * @param hashRevision the revision that the hash is of; before 3.6, which says it, the requested one
 * @param currentRevision the store's revision at the time of the call
 */
public record KvHash(long hash, long compactRevision, long hashRevision, long currentRevision) {}
