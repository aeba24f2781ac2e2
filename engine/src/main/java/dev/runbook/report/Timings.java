package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.action.Action;
import dev.runbook.report.outage.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Time of a run by step: in each step the time of waits and programs on the slowest host, and the time that the engine
 * added to it.
 */
public final class Timings {
    private final Map<Integer, Row> rows = new TreeMap<>();
    private final Outage outage = new Outage();

    /** One step under measurement. */
    private static final class Row {
        private final String name;
        private final Instant begun;
        private final Map<String, List<Action>> actions;
        private final Map<String, Duration> external = new HashMap<>();
        private Duration wall = Duration.ZERO;

        Row(String name, Instant begun, Map<String, List<Action>> actions) {
            this.name = name;
            this.begun = begun;
            this.actions = actions;
        }

        Duration slowest() {
            return external.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        }
    }

    public void accept(RunEvent event) {
        outage.accept(event);
        switch (event) {
            case RunEvent.StepIntended intended ->
                rows.put(intended.step(), new Row(intended.name(), intended.at(), intended.actions()));
            case RunEvent.ActionEnded ended -> {
                var row = rows.get(ended.step());
                if (row != null) {
                    // A step that fails never ends; it took until its last action.
                    row.wall = Duration.between(row.begun, ended.at());
                }
                if (row != null
                        && row.actions
                                .getOrDefault(ended.host(), List.of())
                                .get(ended.index())
                                .worksOutside()) {
                    row.external.merge(ended.host(), ended.result().took(), Duration::plus);
                }
            }
            case RunEvent.StepEnded ended -> {
                var row = rows.get(ended.step());
                if (row != null) {
                    row.wall = Duration.between(row.begun, ended.at());
                }
            }
            case RunEvent.RunBegan _,
                    RunEvent.RunPlanned _,
                    RunEvent.StepResumed _,
                    RunEvent.InDoubtResolved _,
                    RunEvent.CommitBegan _,
                    RunEvent.Committed _,
                    RunEvent.RollbackBegan _,
                    RunEvent.UndoEnded _,
                    RunEvent.StepUndoBegan _,
                    RunEvent.RunEnded _ -> {}
        }
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(Locale.ROOT, "%9s %9s %9s  %s", "wall", "external", "engine", "step"));
        var wall = Duration.ZERO;
        var engine = Duration.ZERO;
        var externalInOutage = Duration.ZERO;
        for (var entry : rows.entrySet()) {
            var row = entry.getValue();
            if (outage.includes(entry.getKey())) {
                externalInOutage = externalInOutage.plus(row.slowest());
            }
            var added = row.wall.minus(row.slowest());
            wall = wall.plus(row.wall);
            engine = engine.plus(added);
            lines.add(line(row.wall, row.slowest(), added, row.name));
        }
        lines.add(line(wall, wall.minus(engine), engine, "all steps"));
        if (outage.length().isPresent()) {
            var length = outage.length().get();
            lines.add(line(length, externalInOutage, length.minus(externalInOutage), "of these the API outage"));
        }
        return lines;
    }

    private static String line(Duration wall, Duration external, Duration engine, String name) {
        return String.format(
                Locale.ROOT, "%8.3fs %8.3fs %8.3fs  %s", seconds(wall), seconds(external), seconds(engine), name);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
