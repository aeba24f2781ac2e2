package dev.runbook.cli.apply;

import dev.runbook.cli.snapshot.DiffView;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.objects.DiffCounts;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.StoreView;
import dev.runbook.survey.LiveDiff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a restore would delete, restore and revert, shown before the confirmation. A failure here is shown and blocks nothing. */
record RestoreImpact(PlanPreparation.Result.Ready ready) {
    /** Shows it to the operator; programs run `runbook snapshot diff --live --json`. */
    void show(Terminal terminal) {
        if (!terminal.json()) {
            var lines = lines();
            terminal.lines(lines);
            if (!lines.isEmpty()) {
                terminal.line("");
            }
        }
    }

    /** Empty for a runbook that restores no snapshot. */
    private List<String> lines() {
        var given = Optional.ofNullable(ready.call().inputs().get("snapshot"));
        if (given.isEmpty()
                || ready.plan().steps().stream().noneMatch(step -> step.type().equals("restore"))) {
            return List.of();
        }
        var snapshot = Path.of(given.get());
        var counts = new DiffCounts();
        var lines = new ArrayList<String>();
        try (var file = SnapshotFile.open(snapshot);
                var view = StoreView.latest(file)) {
            lines.add(DiffView.age(view, snapshot));
            switch (LiveDiff.compare(ready.fleet(), ready.plan().facts(), view, counts)) {
                case LiveDiff.Result.Compared(var host, var revision) -> {
                    lines.addAll(DiffView.lines(counts));
                    lines.add("Compared with " + host + " at revision " + revision + "; `runbook snapshot diff "
                            + snapshot + " --live -i INVENTORY` lists the objects.");
                }
                case LiveDiff.Result.NoMemberAnswers none ->
                    lines.add("No member answers, so the effect of a restore on current objects is unknown.");
                case LiveDiff.Result.Lost(var host, var reason) ->
                    lines.add("The effect of a restore on current objects is unknown: " + host + ": " + reason);
            }
        } catch (BadSnapshot bad) {
            lines.add("The effect of a restore on current objects is unknown: " + bad.getMessage());
        }
        return lines;
    }
}
