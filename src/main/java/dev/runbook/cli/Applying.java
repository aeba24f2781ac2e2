package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.Outcome;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.load.Request;
import dev.runbook.model.Secret;
import dev.runbook.node.Claim;
import dev.runbook.report.PlanText;
import dev.runbook.report.Timings;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Prepares a plan, shows it, asks, and carries it out. */
final class Applying {
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final Preparation.Opener opener;

    Applying(Terminal terminal, Clock clock, RunStore store) {
        this(terminal, clock, store, Preparation::open);
    }

    /** On nodes that somebody else makes. */
    Applying(Terminal terminal, Clock clock, RunStore store, Preparation.Opener opener) {
        this.opener = opener;
        this.terminal = terminal;
        this.clock = clock;
        this.store = store;
    }

    /**
     * How to go about it.
     *
     * @param yes nobody is asked
     * @param timings a table of where the time went follows the run
     */
    record Manner(boolean yes, boolean json, boolean timings, boolean showPlan) {}

    ExitCode apply(Request request, ConnectionOptions connections, Manner manner) throws BadCall, IOException {
        var run = Runs.fresh(store, clock);
        return switch (new Preparation(terminal, clock, opener).prepare(request, connections, run)) {
            case Preparation.Result.Stopped(var code) -> code;
            case Preparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    if (manner.showPlan() && !manner.json()) {
                        terminal.lines(new PlanText(terminal.style()).lines(ready.plan()));
                        terminal.lines(new Undoing(ready).lines());
                        terminal.line("");
                    }
                    if (!manner.yes()
                            && !terminal.confirmed(
                                    "Do this on " + ready.plan().hosts().size() + " hosts?")) {
                        terminal.note("Nothing was touched.");
                        yield ExitCode.BAD_INPUT;
                    }
                    yield carryOut(ready, request, manner);
                }
            }
        };
    }

    private ExitCode carryOut(Preparation.Result.Ready ready, Request request, Manner manner)
            throws BadCall, IOException {
        var plan = ready.plan();
        var run = plan.run().id();
        var time = Simulation.clock(ready.fleet(), clock);
        store.create(run);
        var call = call(request, ready);
        var view = new RunView(terminal, manner.json(), plan.steps().size());
        var timings = new Timings();
        var interrupt = new Interrupt();
        try (var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, terminal)) {
            var executor = new Executor(
                    ready.fleet(),
                    journal,
                    event -> {
                        timings.see(event);
                        view.accept(event);
                    },
                    time,
                    interrupt,
                    new Claim(run, 1, owner(), time.instant()),
                    RunState.initial());
            Outcome outcome = executor.apply(plan, call, () -> new LastLook(ready, time).stale());
            if (manner.timings()) {
                timings.lines().forEach(manner.json() ? terminal::note : terminal::line);
            }
            var code = view.ended(run, outcome);
            Simulation.conclude(ready.fleet(), terminal);
            return code;
        }
    }

    /** Enough to reach the same hosts again; secrets stay out. */
    private static RunEvent.Call call(Request request, Preparation.Result.Ready ready) throws BadCall {
        Map<String, String> inputs = new LinkedHashMap<>();
        ready.loaded().inputs().forEach((name, value) -> {
            if (!(value instanceof Secret)) {
                inputs.put(name, value.toString());
            }
        });
        var here = request.surroundings().currentFolder();
        return new RunEvent.Call(
                here.resolve(request.runbook()).toString(),
                request.inventories().stream()
                        .map(path -> here.resolve(path).toString())
                        .toList(),
                inputs,
                ready.plan().run().artifacts().toString(),
                Optional.of(FileHash.sha256(here.resolve(request.runbook()))));
    }

    static String owner() {
        // With the process, since the lock's epoch tells controllers apart only when no two of them have one name.
        return System.getProperty("user.name") + "@" + hostName() + ", process "
                + ProcessHandle.current().pid();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException e) {
            // A machine that cannot resolve its own name still has one to show to the person who is refused.
            return String.valueOf(e.getMessage()).split(":", 2)[0];
        }
    }
}
