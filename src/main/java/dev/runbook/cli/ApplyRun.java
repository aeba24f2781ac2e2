package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunState;
import dev.runbook.load.Request;
import dev.runbook.node.Claim;
import dev.runbook.report.Timings;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.saved.SavedPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Prepares a plan, shows it, asks, and carries it out. */
final class ApplyRun {
    private final ReportCollector reporting;
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final PlanPreparation.Opener opener;

    ApplyRun(ReportCollector reporting, Clock clock, RunStore store) {
        this(reporting, clock, store, PlanPreparation::open);
    }

    /** On nodes that somebody else makes. */
    ApplyRun(ReportCollector reporting, Clock clock, RunStore store, PlanPreparation.Opener opener) {
        this.opener = opener;
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

    ExitCode apply(Request request, ConnectionOptions connections, Manner manner) throws UsageError, IOException {
        var run = NewRun.fresh(store, clock);
        return proceed(new PlanPreparation(reporting, clock, opener).prepare(request, connections, run), manner);
    }

    /** Carries out a plan that was saved, once. */
    ExitCode apply(SavedPlan saved, List<Path> inventories, ConnectionOptions connections, Manner manner)
            throws UsageError, IOException {
        return proceed(
                new SavedPlanPreparation(reporting, clock, store).prepare(saved, inventories, connections), manner);
    }

    private ExitCode proceed(PlanPreparation.Result prepared, Manner manner) throws UsageError, IOException {
        return switch (prepared) {
            case PlanPreparation.Result.Stopped(var code) -> code;
            case PlanPreparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    if (manner.showPlan()) {
                        terminal.plan(ready.plan());
                        new RestoreImpact(ready).show(terminal);
                    }
                    if (!manner.yes()
                            && !terminal.confirmed(
                                    "Do this on " + ready.plan().hosts().size() + " hosts?")) {
                        terminal.emit(new InvocationLine.Refused("nobody said yes", ExitCode.BAD_INPUT.number()));
                        terminal.note("Nothing was touched.");
                        yield ExitCode.BAD_INPUT;
                    }
                    yield carryOut(ready, manner);
                }
            }
        };
    }

    private ExitCode carryOut(PlanPreparation.Result.Ready ready, Manner manner) throws UsageError, IOException {
        var plan = ready.plan();
        var run = plan.run().id();
        var time = SimulatedNodes.clock(ready.fleet(), clock);
        store.create(plan.run());
        var view = new RunView(terminal, plan.steps().size());
        var timings = new Timings();
        var interrupt = new Interrupt();
        try (var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, terminal)) {
            var executor = new Executor(
                    ready.fleet(),
                    journal,
                    event -> {
                        timings.accept(event);
                        reporting.see(event);
                        view.accept(event);
                    },
                    time,
                    interrupt,
                    new Claim(run, 1, owner(), time.instant()),
                    RunState.initial(),
                    store::hasEnded,
                    new Prompt(terminal, manner.yes()));
            RunOutcome outcome = executor.apply(plan, ready.call(), () -> new PreApplyCheck(ready, time).stale());
            reporting.ended(outcome);
            if (manner.timings()) {
                timings.lines().forEach(terminal::line);
            }
            var code = view.ended(run, outcome);
            view.stillLocked(executor.stillLocked());
            SimulatedNodes.conclude(ready.fleet(), terminal);
            return code;
        }
    }

    static String owner() {
        // With the process, since the lock's epoch tells controllers apart only when no two of them have one name.
        return System.getProperty("user.name") + "@" + hostName() + ", process "
                + ProcessHandle.current().pid();
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
