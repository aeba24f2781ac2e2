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
import dev.runbook.model.Problem;
import dev.runbook.node.Claim;
import dev.runbook.node.Fleet;
import dev.runbook.report.line.RunLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes back a run of before: from its journal while it is not committed, by a new restore afterwards. */
final class RollingBack {
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final ConnectionOptions connections;

    RollingBack(Terminal terminal, Clock clock, RunStore store, ConnectionOptions connections) {
        this.terminal = terminal;
        this.clock = clock;
        this.store = store;
        this.connections = connections;
    }

    ExitCode rollBack(String run, List<RunEvent> events, List<Path> inventories, boolean yes)
            throws BadCall, IOException {
        var began = events.stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(RunEvent.RunBegan.class::cast)
                .findFirst()
                .orElseThrow(() -> new BadCall("the journal of run " + run + " does not say how it began"));
        var used = inventories.isEmpty()
                ? began.call().inventories().stream().map(Path::of).toList()
                : inventories;
        boolean committed = events.stream().anyMatch(RunEvent.Committed.class::isInstance);
        if (committed) {
            return restoreAnew(run, began, used, yes);
        }
        if (JournalFile.fold(events).phase() == RunState.Phase.ENDED) {
            terminal.emit(RunLines.of(run, events));
            terminal.line("Run " + run + " has ended, and nothing of it is left to take back.");
            return ExitCode.DONE;
        }
        if (!yes
                && !terminal.confirmed(
                        "Put back what run " + run + " did on " + String.join(", ", began.hosts()) + "?")) {
            return ExitCode.BAD_INPUT;
        }
        return fromJournal(run, events, began, used);
    }

    private ExitCode fromJournal(String run, List<RunEvent> events, RunEvent.RunBegan began, List<Path> inventories)
            throws BadCall, IOException {
        var loaded = Loader.inventory(
                TargetOptions.request(Path.of(""), inventories, List.of(), Optional.empty(), List.of()));
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
            return ExitCode.BAD_INPUT;
        }
        var hosts = loaded.inventory().hosts().stream()
                .filter(host -> began.hosts().contains(host.name()))
                .toList();
        long epoch = 1
                + events.stream()
                        .filter(RunEvent.RunBegan.class::isInstance)
                        .mapToLong(event -> ((RunEvent.RunBegan) event).epoch())
                        .max()
                        .orElse(0);
        var view = new RunView(terminal, 0);
        var interrupt = new Interrupt();
        try (var fleet = new Fleet(Preparation.open(hosts, Passwords.become(connections), connections));
                var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, terminal)) {
            journal.append(
                    new RunEvent.RunBegan(clock.instant(), run, began.runbook(), began.hosts(), epoch, began.call()));
            var executor = new Executor(
                    fleet,
                    journal,
                    view,
                    clock,
                    interrupt,
                    new Claim(run, epoch, Applying.owner(), clock.instant()),
                    JournalFile.fold(events));
            var outcome = executor.rollBack(new RunEvent.Cause.Asked("`runbook rollback " + run + "`"));
            return outcome instanceof Outcome.RolledBack ? view.takenBack(run, outcome) : view.ended(run, outcome);
        }
    }

    /** Behind the commit clients have seen the restored data: going back is a restore like any other, and says so. */
    private ExitCode restoreAnew(String run, RunEvent.RunBegan began, List<Path> inventories, boolean yes)
            throws BadCall, IOException {
        var before = Path.of(began.call().artifacts()).resolve("snapshot.db");
        if (!Files.exists(before)) {
            throw new BadCall("run " + run + " is committed, and it kept no snapshot of what was before (no member"
                    + " answered then). The old data is still on each member as <data-dir>.runbook-" + run
                    + "/old: restore a copy of its member/snap/db with skip_hash_check");
        }
        terminal.line("Run " + run
                + " is committed, so this is a new restore, of the snapshot that it took before it began:");
        terminal.line("  everything written since then is lost, and every client has to list anew.");
        var request = TargetOptions.request(
                Path.of(began.call().runbookFile()),
                inventories,
                List.of("snapshot=" + before),
                Optional.empty(),
                List.of());
        return new Applying(Reporting.none(terminal, clock), clock, store)
                .apply(request, connections, new Applying.Manner(yes, false, true));
    }
}
