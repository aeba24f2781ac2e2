package dev.runbook.cli.snapshot;

import dev.runbook.cli.terminal.Terminal;
import dev.runbook.etcd.objects.Change;
import dev.runbook.etcd.objects.DiffCounts;
import dev.runbook.etcd.objects.SnapshotAge;
import dev.runbook.etcd.snapshot.BadSnapshot;
import dev.runbook.etcd.snapshot.StoreView;
import dev.runbook.report.line.Line;
import dev.runbook.report.line.LineVocabulary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The view of what a restore would delete, restore and revert. */
public final class DiffView implements Consumer<Change> {
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
            terminal.emit(new Line.SnapshotAge(file.toString(), snapshot.revision(), SnapshotAge.youngest(snapshot)));
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
    public void accept(Change change) {
        var object = change.object();
        if (!objects.matches(object)) {
            return;
        }
        counts.accept(change);
        if (change.effect() == Change.Effect.DELETED && failIfLost.stream().anyMatch(object::isKind)) {
            lost.accept(change);
        }
        if (terminal.json() && !summary) {
            terminal.emit(new Line.DiffObject(
                    effect(change.effect()),
                    object.resource(),
                    object.namespace(),
                    object.name(),
                    change.snapshotRevision(),
                    change.currentRevision(),
                    change.key()));
        } else if (!summary) {
            terminal.line(sign(change.effect()) + " " + object
                    + (change.effect() == Change.Effect.TURNED_BACK
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
            counts.byPlace()
                    .forEach((place, effects) -> terminal.emit(new Line.DiffSum(
                            place.resource(),
                            place.namespace(),
                            effects.getOrDefault(Change.Effect.DELETED, 0L),
                            effects.getOrDefault(Change.Effect.BROUGHT_BACK, 0L),
                            effects.getOrDefault(Change.Effect.TURNED_BACK, 0L))));
        } else {
            terminal.lines(lines(counts));
        }
        lost.byPlace()
                .forEach((place, effects) -> terminal.note("runbook: a restore would delete "
                        + effects.getOrDefault(Change.Effect.DELETED, 0L) + " " + place.resource()
                        + (place.namespace().isEmpty() ? "" : " in " + place.namespace())));
        return lost.total(Change.Effect.DELETED) > 0;
    }

    /** A table by kind and namespace, and the totals. */
    public static List<String> lines(DiffCounts counts) {
        List<String> lines = new ArrayList<>();
        if (!counts.byPlace().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("RESOURCE", "NAMESPACE", "DELETED", "RESTORED", "REVERTED"));
            counts.byPlace().forEach((place, effects) -> {
                List<String> row = new ArrayList<>(List.of(place.resource(), place.namespace()));
                for (var effect : Change.Effect.values()) {
                    row.add(Long.toString(effects.getOrDefault(effect, 0L)));
                }
                rows.add(row);
            });
            lines.addAll(HumanText.columns(rows));
        }
        lines.add("A restore would delete " + counts.total(Change.Effect.DELETED) + " objects, restore "
                + counts.total(Change.Effect.BROUGHT_BACK) + " and revert "
                + counts.total(Change.Effect.TURNED_BACK) + " to an older version.");
        return lines;
    }

    private static LineVocabulary.Effect effect(Change.Effect effect) {
        return switch (effect) {
            case DELETED -> LineVocabulary.Effect.DELETED;
            case BROUGHT_BACK -> LineVocabulary.Effect.BROUGHT_BACK;
            case TURNED_BACK -> LineVocabulary.Effect.TURNED_BACK;
        };
    }

    private static String sign(Change.Effect effect) {
        return switch (effect) {
            case DELETED -> "-";
            case BROUGHT_BACK -> "+";
            case TURNED_BACK -> "~";
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
