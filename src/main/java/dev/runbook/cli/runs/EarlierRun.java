package dev.runbook.cli.runs;

import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.RunLock;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.apply.RunView;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.terminal.ControllerName;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Prompt;
import dev.runbook.cli.terminal.Signals;
import dev.runbook.cli.terminal.Touched;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
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
 * An earlier run, which another process left, with its local journal.
 *
 * @param inventories of this command line; none means those of the run
 * @param claim of this controller if it took the run over already; the last event then is its beginning
 * @param lock of the run's folder if it was taken already
 */
record EarlierRun(
        String run,
        List<RunEvent> events,
        List<Path> inventories,
        RunStore store,
        Optional<Claim> claim,
        Optional<RunLock> lock) {
    RunEvent.RunBegan began() throws UsageError {
        return beginnings().stream()
                .findFirst()
                .orElseThrow(() -> new UsageError("the journal of run " + run
                        + " does not record its beginning: its controller ended before it began, and no"
                        + " host was touched; nothing is left to do"));
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

    /** Those of the run itself, whatever this command line gives. */
    List<Path> ownInventories() throws UsageError {
        return began().call().inventories().stream()
                .map(file -> Path.of(file).toAbsolutePath().normalize())
                .toList();
    }

    List<Path> usedInventories() throws UsageError {
        return inventories.isEmpty()
                ? began().call().inventories().stream().map(Path::of).toList()
                : inventories;
    }

    /** A later controller outranks every earlier one. */
    private Claim nextClaim(Clock clock) {
        long epoch = 1
                + beginnings().stream()
                        .mapToLong(RunEvent.RunBegan::epoch)
                        .max()
                        .orElse(0);
        return new Claim(run, epoch, ControllerName.owner(), clock.instant());
    }

    /**
     * Connects to the run's hosts and executes an operation on it.
     *
     * @return empty when the inventory does not have the hosts, which is reported then
     */
    Optional<RunOutcome> execute(
            EarlierRunCommand.Session session, RunView view, Function<Executor, RunOutcome> operation)
            throws UsageError, IOException {
        if (NewRun.isSimulated(run)) {
            throw new UsageError(
                    "run " + run + " was simulated: its nodes ended with their process, so it can be neither"
                            + " resumed nor rolled back");
        }
        var terminal = session.terminal();
        var clock = session.clock();
        var began = began();
        var opened = session.hosts(this).open(began.hosts());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        var interrupt = new Interrupt();
        view.replay(events);
        try (var fleet = opened.get();
                var held = lock.isPresent()
                        ? lock.get()
                        : RunLock.take(store, run, clock).orElseThrow(() -> RunLock.held(run));
                var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, terminal)) {
            requireUnchanged();
            Touched.mark();
            held.watch(interrupt, terminal);
            var current = claim.orElseGet(() -> nextClaim(clock));
            if (claim.isEmpty()) {
                journal.append(Takeover.again(began, current, clock));
            }
            var operator = new Prompt(terminal, session.yes());
            var executor =
                    new Executor(fleet, journal, view, clock, interrupt, current, state(), store::hasEnded, operator);
            RunOutcome outcome;
            try (var _ = view.display(fleet, clock)) {
                outcome = held.handedOver(operation.apply(executor));
            }
            view.stillLocked(executor.stillLocked());
            return Optional.of(outcome);
        }
    }

    /** Between the question and the answer another process may have continued the run. */
    private void requireUnchanged() throws UsageError {
        if (store.events(run).map(List::size).orElse(0) != events.size()) {
            throw new UsageError("another process has continued run " + run + " since its state was read here, and"
                    + " nothing was done; `runbook runs show " + run + "` shows its state now");
        }
    }

    /** Releases the locks of a run that has ended, in case its controller was lost before it released them. */
    ExitCode releaseLocks(RunHosts hosts, Clock clock) throws UsageError {
        if (NewRun.isSimulated(run)) {
            return ExitCode.DONE;
        }
        var opened = hosts.open(began().hosts());
        if (opened.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        try (var fleet = opened.get()) {
            var locked = Takeover.free(fleet, nextClaim(clock));
            var failures = new FailureText(hosts.terminal().style());
            locked.forEach(left -> failures.leftover(left).forEach(hosts.terminal()::note));
            return locked.isEmpty() ? ExitCode.DONE : ExitCode.PREFLIGHT;
        }
    }
}
