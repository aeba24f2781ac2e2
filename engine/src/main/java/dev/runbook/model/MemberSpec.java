package dev.runbook.model;

import java.util.List;
import java.util.OptionalLong;

/**
 * The identity that a restore gives a member.
 *
 * @param initialCluster as the flag wants it, {@code name=url,...}
 * @param bump how many revisions to add, together with --mark-compacted; empty where the version cannot
 * @param memberId predicted, hex
 * @param clusterId predicted, hex
 * @param revision of the restored store, predicted
 * @param hash HashKV at {@code revision}, predicted
 */
public record MemberSpec(
        String name,
        List<String> peerUrls,
        String initialCluster,
        String token,
        OptionalLong bump,
        String memberId,
        String clusterId,
        long revision,
        OptionalLong hash) {
    public MemberSpec {
        peerUrls = List.copyOf(peerUrls);
    }
}
