package dev.runbook.cli.snapshot;

import dev.runbook.cli.terminal.Terminal;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.objects.DiffCounts;
import dev.runbook.etcd.objects.KeyChange;
import dev.runbook.etcd.objects.SnapshotAge;
import dev.runbook.etcd.snapshot.StoreView;
import dev.runbook.report.line.LineVocabulary;
import dev.runbook.report.line.SnapshotDiffLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The view of what a restore would delete, restore and revert. */
public final class DiffView implements Consumer<KeyChange> {
    private final Terminal terminal;
    private final boolean summary;
    private final ObjectOptions objects;
    private final List<String> failIfLost;
    private final DiffCounts counts = new DiffCounts();
    private final DiffCounts lost = new DiffCounts();

    DiffView(Terminal terminal, boolean summary, ObjectOptions objects, List<String> failIfLost) {
        this.terminal = terminal;
        this.summary = summary;
        this.objects = objects;
        this.failIfLost = failIfLost;
    }

    /** Shows the age of the snapshot, by its youngest object. */
    void start(StoreView snapshot, Path file) throws BadSnapshot {
        if (terminal.json()) {
            terminal.emit(new SnapshotDiffLine.SnapshotAge(
                    file.toString(), snapshot.revision(), SnapshotAge.youngest(snapshot)));
        } else {
            terminal.line(age(snapshot, file));
        }
    }

    /**
     * One line with the age of a snapshot.
     *
     * @throws BadSnapshot when the file proves to be damaged
     */
    public static String age(StoreView snapshot, Path file) throws BadSnapshot {
        return file + ": revision " + snapshot.revision() + ", "
                + SnapshotAge.youngest(snapshot)
                        .map(instant -> "taken after " + instant + ", when its youngest object was created ("
                                + ago(Duration.between(instant, Instant.now())) + " ago)")
                        .orElse("of unknown age, because no object in it has a creation time");
    }

    @Override
    public void accept(KeyChange change) {
        var object = change.object();
        if (!objects.matches(object)) {
            return;
        }
        counts.accept(change);
        if (change.effect() == KeyChange.Effect.DELETED && failIfLost.stream().anyMatch(object::isKind)) {
            lost.accept(change);
        }
        if (terminal.json() && !summary) {
            terminal.emit(new SnapshotDiffLine.DiffObject(
                    effect(change.effect()),
                    object.resource(),
                    object.namespace(),
                    object.name(),
                    change.snapshotRevision(),
                    change.currentRevision(),
                    change.key()));
        } else if (!summary) {
            terminal.line(sign(change.effect()) + " " + object
                    + (change.effect() == KeyChange.Effect.REVERTED
                            ? " (reverted from revision " + change.currentRevision() + " to "
                                    + change.snapshotRevision() + ")"
                            : ""));
        }
    }

    /**
     * Shows the totals.
     *
     * @return whether an object is lost that must not be
     */
    boolean showTotals() {
        if (terminal.json()) {
            counts.byResource()
                    .forEach((place, effects) -> terminal.emit(new SnapshotDiffLine.DiffSum(
                            place.resource(),
                            place.namespace(),
                            effects.getOrDefault(KeyChange.Effect.DELETED, 0L),
                            effects.getOrDefault(KeyChange.Effect.RESTORED, 0L),
                            effects.getOrDefault(KeyChange.Effect.REVERTED, 0L))));
        } else {
            terminal.lines(lines(counts));
        }
        lost.byResource()
                .forEach((place, effects) -> terminal.note("runbook: a restore would delete "
                        + effects.getOrDefault(KeyChange.Effect.DELETED, 0L) + " " + place.resource()
                        + (place.namespace().isEmpty() ? "" : " in " + place.namespace())));
        return lost.total(KeyChange.Effect.DELETED) > 0;
    }

    /** A table by kind and namespace, and the totals. */
    public static List<String> lines(DiffCounts counts) {
        List<String> lines = new ArrayList<>();
        if (!counts.byResource().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("RESOURCE", "NAMESPACE", "DELETED", "RESTORED", "REVERTED"));
            counts.byResource().forEach((place, effects) -> {
                List<String> row = new ArrayList<>(List.of(place.resource(), place.namespace()));
                for (var effect : KeyChange.Effect.values()) {
                    row.add(Long.toString(effects.getOrDefault(effect, 0L)));
                }
                rows.add(row);
            });
            lines.addAll(HumanText.columns(rows));
        }
        lines.add("A restore would delete " + counts.total(KeyChange.Effect.DELETED) + " objects, restore "
                + counts.total(KeyChange.Effect.RESTORED) + " and revert "
                + counts.total(KeyChange.Effect.REVERTED) + " to an older version.");
        return lines;
    }

    private static LineVocabulary.Effect effect(KeyChange.Effect effect) {
        return switch (effect) {
            case DELETED -> LineVocabulary.Effect.DELETED;
            case RESTORED -> LineVocabulary.Effect.RESTORED;
            case REVERTED -> LineVocabulary.Effect.REVERTED;
        };
    }

    private static String sign(KeyChange.Effect effect) {
        return switch (effect) {
            case DELETED -> "-";
            case RESTORED -> "+";
            case REVERTED -> "~";
        };
    }

    private static String ago(Duration age) {
        return age.toDays() > 0
                ? age.toDays() + " d " + age.toHoursPart() + " h"
                : age.toHours() > 0
                        ? age.toHours() + " h " + age.toMinutesPart() + " min"
                        : age.toMinutes() + " min " + age.toSecondsPart() + " s";
    }
}
