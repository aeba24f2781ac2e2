package dev.runbook.survey;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.SnapshotSummary;
import dev.runbook.model.Problem;
import dev.runbook.step.SnapshotFacts;
import dev.runbook.step.Snapshots;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Reads snapshot files on this machine, each once. */
public final class SnapshotLibrary implements Snapshots {
    /** A file's facts with the store that a restore of it gives. */
    private sealed interface Entry {
        record Good(SnapshotFacts facts, RestoredStore store) implements Entry {}

        record Bad(Problem problem) implements Entry {}
    }

    private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

    @Override
    public Read read(Path path) {
        return switch (entries.computeIfAbsent(path, SnapshotLibrary::load)) {
            case Entry.Good good -> new Read.Good(good.facts());
            case Entry.Bad bad -> new Read.Bad(bad.problem());
        };
    }

    @Override
    public Prediction predict(Path path, OptionalLong bump) {
        return switch (entries.computeIfAbsent(path, SnapshotLibrary::load)) {
            case Entry.Good good -> {
                var prediction = good.store().predict(bump);
                yield new Prediction(prediction.revision(), prediction.hash());
            }
            case Entry.Bad bad ->
                throw new IllegalStateException(
                        "no prediction for a bad snapshot: " + bad.problem().summary());
        };
    }

    private static Entry load(Path path) {
        try (var file = SnapshotFile.open(path)) {
            var summary = file.summarize();
            if (summary.storage().trailer() instanceof Trailer.Mismatch mismatch) {
                return new Entry.Bad(Problem.ofCall(
                        "snapshot-hash-mismatch",
                        path + " does not match the SHA-256 at its end (" + mismatch.stored()
                                + "), so it was changed after it was saved",
                        "use another copy of the snapshot"));
            }
            return new Entry.Good(facts(path, summary), RestoredStore.read(file));
        } catch (BadSnapshot e) {
            return new Entry.Bad(Problem.ofCall(
                    "bad-snapshot", String.valueOf(e.getMessage()), "give a file that `etcdctl snapshot save` wrote"));
        }
    }

    private static SnapshotFacts facts(Path path, SnapshotSummary summary) {
        return new SnapshotFacts(
                path,
                summary.storage().fileSize(),
                summary.storage().sha256().orElseThrow(),
                summary.storage().trailer() instanceof Trailer.TrailerVerified,
                summary.revisions().latest(),
                summary.clusterVersion(),
                summary.members().stream()
                        .flatMap(member -> member.peerUrls().stream())
                        .toList(),
                summary.alarms().stream()
                        .map(alarm -> alarm.type() + " " + alarm.member())
                        .toList(),
                summary.status().totalSize(),
                summary.storageVersion(),
                new SnapshotFacts.Leftovers(
                        summary.leftovers().downgradeTo(),
                        summary.leftovers().authEnabled(),
                        peerUrls(summary, Member::learner),
                        peerUrls(
                                summary, member -> summary.leftovers().removed().contains(member.id()))));
    }

    private static List<String> peerUrls(SnapshotSummary summary, Predicate<Member> wanted) {
        return summary.members().stream()
                .filter(wanted)
                .flatMap(member -> member.peerUrls().stream())
                .toList();
    }
}
