package dev.runbook.model;

import java.util.List;
import java.util.Optional;
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
 * @param alarms that the snapshot carries, so that they are raised in the restored cluster; empty for none
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
        OptionalLong hash,
        Optional<List<String>> alarms) {
    public MemberSpec {
        peerUrls = List.copyOf(peerUrls);
        alarms = alarms.map(List::copyOf);
    }

    /** Of a snapshot without alarms. */
    public MemberSpec(
            String name,
            List<String> peerUrls,
            String initialCluster,
            String token,
            OptionalLong bump,
            String memberId,
            String clusterId,
            long revision,
            OptionalLong hash) {
        this(name, peerUrls, initialCluster, token, bump, memberId, clusterId, revision, hash, Optional.empty());
    }
}
