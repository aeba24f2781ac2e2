package dev.runbook.cli.apply;

import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.journal.RunEvent;
import dev.runbook.plan.Plan;
import dev.runbook.report.RunText;
import dev.runbook.report.line.OutageLineMapper;
import dev.runbook.report.outage.OutageForecast;
import dev.runbook.report.outage.OutageForecast.EarlierRun;
import dev.runbook.report.outage.OutageText;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The predicted outage of a plan, from the last run on the same hosts where this machine has its journal. */
record PlannedOutage(Optional<OutageForecast> forecast) {
    /** A machine may have run much else since. */
    private static final int JOURNALS = 20;

    static PlannedOutage of(Plan plan, RunStore store) {
        var withoutJournals = OutageForecast.of(plan, Optional.empty());
        return new PlannedOutage(
                withoutJournals.isEmpty() ? withoutJournals : OutageForecast.of(plan, earlier(plan, store)));
    }

    /** Shows it below the plan. */
    void show(Terminal terminal) {
        forecast.ifPresent(predicted -> {
            terminal.emit(OutageLineMapper.of(predicted));
            if (!terminal.json()) {
                terminal.line(OutageText.of(predicted));
                terminal.line("");
            }
        });
    }

    private static Optional<EarlierRun> earlier(Plan plan, RunStore store) {
        boolean simulated = NewRun.isSimulated(plan.run().id());
        try {
            for (var run : store.runs().stream()
                    .filter(run -> NewRun.isSimulated(run) == simulated)
                    .limit(JOURNALS)
                    .toList()) {
                var events = readable(store, run);
                if (isSuccess(events) && hosts(events).equals(new HashSet<>(plan.hosts()))) {
                    return Optional.of(new EarlierRun(run, events));
                }
            }
        } catch (IOException unreadable) {
            // The figures of other clusters remain.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static List<RunEvent> readable(RunStore store, String run) {
        try {
            return store.events(run).orElse(List.of());
        } catch (UsageError damaged) {
            // The commands that need this journal say so.
            return List.of();
        }
    }

    private static boolean isSuccess(List<RunEvent> events) {
        return RunText.ending(events).filter(RunEvent.Ending.SUCCEEDED::equals).isPresent()
                && events.stream()
                        .anyMatch(event -> event instanceof RunEvent.StepIntended step
                                && step.type().equals("stop-apiserver"));
    }

    private static Set<String> hosts(List<RunEvent> events) {
        var hosts = new HashSet<String>();
        events.forEach(event -> {
            if (event instanceof RunEvent.RunBegan began) {
                hosts.addAll(began.hosts());
            }
        });
        return hosts;
    }
}
