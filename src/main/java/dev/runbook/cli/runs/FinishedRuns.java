package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunLock;
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

/** Runs of this machine that have ended and have retained artifacts. */
record FinishedRuns(RunStore store, Clock clock) {
    /**
     * Selects the runs to clean, newest first.
     *
     * @param named only these runs; none means all that have ended
     * @param age only runs that ended at least this long ago
     * @param keep how many of the newest finished runs to skip
     * @throws UsageError with each named run that does not exist or has not ended
     */
    List<EarlierRun> select(List<String> named, Optional<Duration> age, int keep) throws UsageError, IOException {
        var unsuitable = new ArrayList<String>();
        for (var run : named) {
            problem(run).ifPresent(unsuitable::add);
        }
        if (!unsuitable.isEmpty()) {
            throw new UsageError(String.join("; ", unsuitable));
        }
        var finished = new ArrayList<EarlierRun>();
        for (var run : store.runs()) {
            var events = readable(run);
            if (hasEnded(events)) {
                finished.add(new EarlierRun(run, events, List.of(), store, Optional.empty(), Optional.empty()));
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

    /** A run whose journal cannot be read is not known to have ended; {@code runbook runs} says why. */
    private List<RunEvent> readable(String run) {
        try {
            return store.events(run).orElse(List.of());
        } catch (UsageError e) {
            return List.of();
        }
    }

    private Optional<String> problem(String run) throws UsageError, IOException {
        var events = store.events(run);
        if (events.isEmpty()) {
            return Optional.of("this machine has no run " + run);
        }
        var holder = RunLock.holder(store, run);
        if (holder.isPresent()) {
            return Optional.of(LiveController.active(store, run, holder.get()).summary());
        }
        return hasEnded(events.get())
                ? Optional.empty()
                : Optional.of(
                        "run " + run + " has not ended and needs its artifacts; first end it with `runbook resume "
                                + run + "` or `runbook rollback " + run + "`");
    }

    private static boolean hasEnded(List<RunEvent> events) {
        return JournalFile.fold(events).phase() == RunState.Phase.ENDED;
    }
}
