package dev.runbook.cli.runs;

import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs of this machine that have come to their end, and of which something is left. */
record FinishedRuns(RunStore store, Clock clock) {
    /**
     * Those to clean, newest first.
     *
     * @param named only these; none means all that have ended
     * @param age only those that ended so long ago
     * @param keep so many of the newest finished runs are left out
     * @throws UsageError naming every one of the named that does not exist or has not ended
     */
    List<EarlierRun> chosen(List<String> named, Optional<Duration> age, int keep) throws UsageError, IOException {
        var unfit = new ArrayList<String>();
        for (var run : named) {
            unfit(run).ifPresent(unfit::add);
        }
        if (!unfit.isEmpty()) {
            throw new UsageError(String.join("; ", unfit));
        }
        var finished = new ArrayList<EarlierRun>();
        for (var run : store.runs()) {
            var events = store.events(run).orElse(List.of());
            if (hasEnded(events) && !NewRun.isSimulated(run)) {
                finished.add(new EarlierRun(run, events, List.of(), store, Optional.empty()));
            }
        }
        var until = age.map(clock.instant()::minus);
        return finished.stream()
                .skip(keep)
                .filter(run -> named.isEmpty() || named.contains(run.run()))
                .filter(run -> until.isEmpty() || run.events().getLast().at().isBefore(until.get()))
                .filter(run -> !store.isCleaned(run.run()))
                .toList();
    }

    private Optional<String> unfit(String run) throws IOException {
        var events = store.events(run);
        if (events.isEmpty()) {
            return Optional.of("no run " + run + " began on this machine");
        }
        return hasEnded(events.get())
                ? Optional.empty()
                : Optional.of("run " + run + " has not ended, and what it keeps is needed: first `runbook resume " + run
                        + "` or `runbook rollback " + run + "`");
    }

    private static boolean hasEnded(List<RunEvent> events) {
        return JournalFile.fold(events).phase() == RunState.Phase.ENDED;
    }
}
