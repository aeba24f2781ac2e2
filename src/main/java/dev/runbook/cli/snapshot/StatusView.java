package dev.runbook.cli.snapshot;

import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.snapshot.HashPrediction;
import dev.runbook.etcd.snapshot.SnapshotSummary;
import dev.runbook.report.line.Line;
import dev.runbook.report.line.LineVocabulary;
import dev.runbook.report.line.SnapshotLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The output of {@code snapshot status}. */
final class StatusView {
    private StatusView() {}

    static List<String> lines(SnapshotSummary summary, Optional<HashPrediction> hash) {
        var status = summary.status();
        var revisions = summary.revisions();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("hash", Long.toHexString(status.hash())));
        rows.add(List.of("revision", Long.toString(revisions.latest())));
        rows.add(List.of("total keys", status.totalKey() + " (etcdctl 3.4, etcdutl 3.5)"));
        rows.add(List.of(
                "live keys",
                status.liveKeys()
                        + (revisions.lastBump().isPresent()
                                ? " (etcdutl 3.6; the record of the bump is one)"
                                : " (etcdutl 3.6)")));
        rows.add(List.of(
                "total size", HumanText.size(status.totalSize()) + " (" + status.totalSize() + " bytes in use)"));
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
                "scheduled " + HumanText.orNone(revisions.scheduledCompact()) + ", finished "
                        + HumanText.orNone(revisions.finishedCompact())));
        rows.add(List.of("last bump", HumanText.orNone(revisions.lastBump())));
        rows.add(List.of("consistent index", Long.toString(summary.progress().consistentIndex())));
        rows.add(List.of("term", HumanText.orNone(summary.progress().term())));
        for (Member member : summary.members()) {
            rows.add(List.of("member", member(member)));
        }
        summary.alarms().forEach(alarm -> rows.add(List.of("alarm", alarm.type() + " of member " + alarm.member())));
        hash.ifPresent(at -> rows.add(List.of(
                "HashKV",
                at.hash() + " at revision " + at.revision() + ", compacted "
                        + (at.compactRevision() < 0 ? "-" : at.compactRevision()))));
        return HumanText.columns(rows);
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
            case Trailer.NoTrailer none ->
                "none: a copied member/snap/db, whose last writes may be in the WAL beside it alone; restore it with"
                        + " -e skip_hash_check=true";
            case Trailer.NotChecked skipped -> "not checked";
            case Trailer.Mismatch(var stored, var computed) ->
                "DOES NOT MATCH: the file ends with " + stored + ", its contents have " + computed;
        };
    }

    /** The first four field names are those of etcdctl and etcdutl. */
    static Line line(SnapshotSummary summary, Optional<HashPrediction> hash) {
        var revisions = summary.revisions();
        return new SnapshotLine.SnapshotStatus(
                summary.status().hash(),
                revisions.latest(),
                summary.status().totalKey(),
                summary.status().totalSize(),
                summary.storageVersion().orElse(""),
                summary.status().liveKeys(),
                summary.storage().fileSize(),
                summary.storage().sha256(),
                switch (summary.storage().trailer()) {
                    case Trailer.TrailerVerified verified -> LineVocabulary.Trailer.VERIFIED;
                    case Trailer.NoTrailer none -> LineVocabulary.Trailer.NONE;
                    case Trailer.Mismatch mismatch -> LineVocabulary.Trailer.MISMATCH;
                    case Trailer.NotChecked skipped -> LineVocabulary.Trailer.NOT_CHECKED;
                },
                summary.clusterVersion(),
                revisions.scheduledCompact(),
                revisions.finishedCompact(),
                revisions.lastBump(),
                summary.progress().consistentIndex(),
                summary.progress().term(),
                summary.members().stream()
                        .map(member -> new SnapshotLine.SnapshotMember(
                                member.id().toString(),
                                member.name(),
                                member.peerUrls(),
                                member.clientUrls(),
                                member.learner()))
                        .toList(),
                summary.alarms().stream()
                        .map(alarm ->
                                new SnapshotLine.SnapshotAlarm(alarm.member().toString(), alarm.type()))
                        .toList(),
                hash.map(at -> new SnapshotLine.SnapshotHash(at.revision(), at.compactRevision(), at.hash())));
    }
}
