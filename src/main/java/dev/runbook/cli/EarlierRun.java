package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.Outcome;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.load.Loader;
import dev.runbook.load.inventory.Host;
import dev.runbook.model.Problem;
import dev.runbook.node.Claim;
import dev.runbook.node.Fleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run that another process left, with its journal here.
 *
 * @param inventories that were given now; none means those of the run
 */
record EarlierRun(String run, List<RunEvent> events, List<Path> inventories, RunStore store) {
    RunEvent.RunBegan began() throws BadCall {
        return beginnings().stream()
                .findFirst()
                .orElseThrow(() -> new BadCall("the journal of run " + run + " does not say how it began"));
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

    List<Path> usedInventories() throws BadCall {
        return inventories.isEmpty()
                ? began().call().inventories().stream().map(Path::of).toList()
                : inventories;
    }

    /** A later controller outranks every earlier one. */
    private long nextEpoch() {
        return 1
                + beginnings().stream()
                        .mapToLong(RunEvent.RunBegan::epoch)
                        .max()
                        .orElse(0);
    }

    /**
     * Connects to the run's hosts and works on it under the next epoch.
     *
     * @return empty when the inventory does not fit, which has been said then
     */
    Optional<Outcome> work(
            Terminal terminal,
            Clock clock,
            ConnectionOptions connections,
            RunView view,
            Function<Executor, Outcome> work)
            throws BadCall, IOException {
        if (Runs.isSimulated(run)) {
            throw new BadCall(
                    "run " + run + " was simulated: its nodes ended with the process that made them, so there is"
                            + " nothing to go on with and nothing to take back");
        }
        var began = began();
        var hosts = hosts(terminal, began);
        if (hosts.isEmpty()) {
            return Optional.empty();
        }
        var interrupt = new Interrupt();
        long epoch = nextEpoch();
        view.past(events);
        try (var fleet = new Fleet(Preparation.open(hosts.get(), Passwords.become(connections), connections));
                var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, terminal)) {
            journal.append(
                    new RunEvent.RunBegan(clock.instant(), run, began.runbook(), began.hosts(), epoch, began.call()));
            var claim = new Claim(run, epoch, Applying.owner(), clock.instant());
            return Optional.of(work.apply(new Executor(fleet, journal, view, clock, interrupt, claim, state())));
        }
    }

    private Optional<List<Host>> hosts(Terminal terminal, RunEvent.RunBegan began) throws BadCall {
        var loaded = Loader.inventory(
                TargetOptions.request(Path.of(""), usedInventories(), List.of(), Optional.empty(), List.of()));
        var problems = new ArrayList<Problem>(loaded.problems());
        for (var host : began.hosts()) {
            if (loaded.inventory().host(host).isEmpty()) {
                problems.add(Problem.ofCall(
                        "unknown-host",
                        "run " + run + " was on " + host + ", which the inventory does not have",
                        "give the run's inventory with -i"));
            }
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            terminal.problems(problems);
            return Optional.empty();
        }
        return Optional.of(loaded.inventory().hosts().stream()
                .filter(host -> began.hosts().contains(host.name()))
                .toList());
    }
}
