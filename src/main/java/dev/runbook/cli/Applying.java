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
import dev.runbook.plan.Plan;
import dev.runbook.report.PlanText;
import dev.runbook.report.Timings;
import dev.runbook.report.line.PlanLine;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prepares a plan, shows it, asks, and carries it out. */
final class Applying {
    private final Reporting reporting;
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;

    Applying(Reporting reporting, Clock clock, RunStore store) {
        this.reporting = reporting;
        this.terminal = reporting.terminal();
        this.clock = clock;
        this.store = store;
    }

    /**
     * How to go about it.
     *
     * @param yes nobody is asked
     * @param timings a table of where the time went follows the run
     */
    record Manner(boolean yes, boolean timings, boolean showPlan) {}

    ExitCode apply(Request request, ConnectionOptions connections, Manner manner) throws BadCall, IOException {
        var run = Runs.fresh(store, clock);
        return switch (new Preparation(reporting, clock).prepare(request, connections, run)) {
            case Preparation.Result.Stopped(var code) -> code;
            case Preparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    if (manner.showPlan()) {
                        show(ready.plan());
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

    private void show(Plan plan) {
        terminal.emit(PlanLine.of(plan));
        if (!terminal.json()) {
            terminal.lines(new PlanText(terminal.style()).lines(plan));
            terminal.line("");
        }
    }

    private ExitCode carryOut(Preparation.Result.Ready ready, Request request, Manner manner) throws IOException {
        var plan = ready.plan();
        var run = plan.run().id();
        store.create(run);
        var view = new RunView(terminal, plan.steps().size());
        var timings = new Timings();
        var interrupt = new Interrupt();
        try (var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, terminal)) {
            var executor = new Executor(
                    ready.fleet(),
                    journal,
                    event -> {
                        timings.see(event);
                        reporting.see(event);
                        view.accept(event);
                    },
                    clock,
                    interrupt,
                    new Claim(run, 1, owner(), clock.instant()),
                    RunState.initial());
            Outcome outcome = executor.apply(plan, call(request, ready), () -> new LastLook(ready, clock).stale());
            reporting.ended(outcome);
            if (manner.timings()) {
                timings.lines().forEach(terminal::line);
            }
            return view.ended(run, outcome);
        }
    }

    /** Enough to reach the same hosts again; secrets stay out. */
    private static RunEvent.Call call(Request request, Preparation.Result.Ready ready) {
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
                ready.plan().run().artifacts().toString());
    }

    static String owner() {
        return System.getProperty("user.name") + "@" + hostName();
    }

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException e) {
            // A machine that cannot resolve its own name still has one to show to the person who is refused.
            return String.valueOf(e.getMessage()).split(":", 2)[0];
        }
    }
}
