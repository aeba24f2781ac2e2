package dev.runbook.cli.runs;

import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.apply.RunView;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.terminal.ControllerName;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Signals;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.Operator;
import dev.runbook.execute.RunOutcome;
import dev.runbook.execute.Takeover;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.node.Claim;
import dev.runbook.report.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run that another process left, with its journal here.
 *
 * @param inventories that were given now; none means those of the run
 * @param claim under which it was taken over already; its beginning is the last of the events then
 */
record EarlierRun(String run, List<RunEvent> events, List<Path> inventories, RunStore store, Optional<Claim> claim) {
    RunEvent.RunBegan began() throws UsageError {
        return beginnings().stream()
                .findFirst()
                .orElseThrow(() -> new UsageError("the journal of run " + run + " does not say how it began"));
    }

    private List<RunEvent.RunBegan> beginnings() {
        return events.stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(RunEvent.RunBegan.class::cast)
                .toList();
    }

    RunState state() {
        return JournalFile.fold(events);
    }

    boolean committed() {
        return events.stream().anyMatch(RunEvent.Committed.class::isInstance);
    }

    List<Path> usedInventories() throws UsageError {
        return inventories.isEmpty()
                ? began().call().inventories().stream().map(Path::of).toList()
                : inventories;
    }

    /** A later controller outranks every earlier one. */
    private Claim next(Clock clock) {
        long epoch = 1
                + beginnings().stream()
                        .mapToLong(RunEvent.RunBegan::epoch)
                        .max()
                        .orElse(0);
        return new Claim(run, epoch, ControllerName.owner(), clock.instant());
    }

    /**
     * Connects to the run's hosts and works on it.
     *
     * @param person who answers what is still to be asked
     * @return empty when the inventory does not fit, which has been said then
     */
    Optional<RunOutcome> work(
            RunHosts hosts, Clock clock, RunView view, Operator person, Function<Executor, RunOutcome> work)
            throws UsageError, IOException {
        if (NewRun.isSimulated(run)) {
            throw new UsageError(
                    "run " + run + " was simulated: its nodes ended with the process that made them, so there is"
                            + " nothing to go on with and nothing to take back");
        }
        var began = began();
        var opened = hosts.open(began.hosts());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        var interrupt = new Interrupt();
        view.past(events);
        try (var fleet = opened.get();
                var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, hosts.terminal())) {
            var now = claim.orElseGet(() -> next(clock));
            if (claim.isEmpty()) {
                journal.append(Takeover.again(began, now, clock));
            }
            var executor = new Executor(fleet, journal, view, clock, interrupt, now, state(), store::hasEnded, person);
            var outcome = work.apply(executor);
            view.stillLocked(executor.stillLocked());
            return Optional.of(outcome);
        }
    }

    /** Nothing is left to do, but the locks to be given back where the controller was lost before it came to that. */
    ExitCode free(RunHosts hosts, Clock clock) throws UsageError {
        if (NewRun.isSimulated(run)) {
            return ExitCode.DONE;
        }
        var opened = hosts.open(began().hosts());
        if (opened.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        try (var fleet = opened.get()) {
            var locked = Takeover.free(fleet, next(clock));
            var failures = new FailureText(hosts.terminal().style());
            locked.forEach(left -> failures.leftover(left).forEach(hosts.terminal()::note));
            return locked.isEmpty() ? ExitCode.DONE : ExitCode.PREFLIGHT;
        }
    }
}
