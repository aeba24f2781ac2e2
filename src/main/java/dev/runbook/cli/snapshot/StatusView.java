package dev.runbook.cli.snapshot;

import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.snapshot.HashPrediction;
import dev.runbook.etcd.snapshot.SnapshotSummary;
import dev.runbook.etcd.snapshot.Trailer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code snapshot status} shows. */
final class StatusView {
    private StatusView() {}

    static List<String> lines(SnapshotSummary summary, Optional<HashPrediction> hash) {
        var status = summary.status();
        var revisions = summary.revisions();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("hash", Long.toHexString(status.hash())));
        rows.add(List.of("revision", Long.toString(revisions.latest())));
        rows.add(List.of("total keys", status.totalKey() + " (etcdctl 3.4, etcdutl 3.5)"));
        rows.add(List.of("live keys", status.liveKeys() + " (etcdutl 3.6)"));
        rows.add(List.of("total size", Text.size(status.totalSize()) + " (" + status.totalSize() + " bytes in use)"));
        rows.add(List.of(
                "file",
                summary.storage().fileSize() + " bytes"
                        + summary.storage()
                                .sha256()
                                .map(hash256 -> ", SHA-256 " + hash256)
                                .orElse("")));
        rows.add(List.of("trailing SHA-256", trailer(summary.storage().trailer())));
        rows.add(List.of("etcd version", version(summary)));
        rows.add(List.of(
                "compaction",
                "scheduled " + Text.orNone(revisions.scheduledCompact()) + ", finished "
                        + Text.orNone(revisions.finishedCompact())));
        rows.add(List.of("last bump", Text.orNone(revisions.lastBump())));
        rows.add(List.of("consistent index", Long.toString(summary.progress().consistentIndex())));
        rows.add(List.of("term", Text.orNone(summary.progress().term())));
        for (Member member : summary.members()) {
            rows.add(List.of("member", member(member)));
        }
        summary.alarms().forEach(alarm -> rows.add(List.of("alarm", alarm.type() + " of member " + alarm.member())));
        hash.ifPresent(at -> rows.add(List.of(
                "HashKV",
                at.hash() + " at revision " + at.revision() + ", compacted "
                        + (at.compactRevision() < 0 ? "-" : at.compactRevision()))));
        return Text.columns(rows);
    }

    private static String member(Member member) {
        return member.id() + " " + (member.name().isEmpty() ? "(never started)" : member.name()) + " "
                + String.join(",", member.peerUrls()) + (member.learner() ? " learner" : "");
    }

    private static String version(SnapshotSummary summary) {
        return summary.storageVersion()
                .or(summary::clusterVersion)
                .map(version -> version + (summary.storageVersion().isPresent() ? " (storage)" : " (cluster)"))
                .orElse("- (before 3.5)");
    }

    private static String trailer(Trailer trailer) {
        return switch (trailer) {
            case Trailer.TrailerVerified verified -> "matches";
            case Trailer.NoTrailer none -> "none: a copied member/snap/db; restore it with --skip-hash-check";
            case Trailer.NotChecked skipped -> "not checked";
            case Trailer.Mismatch(var stored, var computed) ->
                "DOES NOT MATCH: the file ends with " + stored + ", its contents have " + computed;
        };
    }

    /** The first four names are etcdctl's and etcdutl's. */
    static Map<String, Object> map(SnapshotSummary summary, Optional<HashPrediction> hash) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("hash", summary.status().hash());
        map.put("revision", summary.revisions().latest());
        map.put("totalKey", summary.status().totalKey());
        map.put("totalSize", summary.status().totalSize());
        map.put("version", summary.storageVersion().orElse(""));
        map.put("liveKeys", summary.status().liveKeys());
        map.put("fileSize", summary.storage().fileSize());
        summary.storage().sha256().ifPresent(sha256 -> map.put("sha256", sha256));
        map.put(
                "trailer",
                switch (summary.storage().trailer()) {
                    case Trailer.TrailerVerified verified -> "verified";
                    case Trailer.NoTrailer none -> "none";
                    case Trailer.Mismatch mismatch -> "mismatch";
                    case Trailer.NotChecked skipped -> "not checked";
                });
        summary.clusterVersion().ifPresent(version -> map.put("clusterVersion", version));
        put(map, "scheduledCompact", summary.revisions().scheduledCompact());
        put(map, "finishedCompact", summary.revisions().finishedCompact());
        put(map, "lastBump", summary.revisions().lastBump());
        map.put("consistentIndex", summary.progress().consistentIndex());
        put(map, "term", summary.progress().term());
        map.put("members", summary.members().stream().map(StatusView::map).toList());
        map.put(
                "alarms",
                summary.alarms().stream()
                        .map(alarm -> Map.of("member", alarm.member().toString(), "type", alarm.type()))
                        .toList());
        hash.ifPresent(at -> map.put(
                "hashKv",
                Map.of("revision", at.revision(), "compactRevision", at.compactRevision(), "hash", at.hash())));
        return map;
    }

    private static Map<String, Object> map(Member member) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", member.id().toString());
        map.put("name", member.name());
        map.put("peerUrls", member.peerUrls());
        map.put("clientUrls", member.clientUrls());
        map.put("learner", member.learner());
        return map;
    }

    private static void put(Map<String, Object> map, String name, OptionalLong value) {
        value.ifPresent(number -> map.put(name, number));
    }
}
