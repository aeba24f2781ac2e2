package dev.runbook.cli.apply;

import dev.runbook.cli.inventory.HostNodes;
import dev.runbook.cli.inventory.SimulatedNodes;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.terminal.ControllerName;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Prompt;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.Signals;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunState;
import dev.runbook.load.Request;
import dev.runbook.node.Claim;
import dev.runbook.report.Timings;
import dev.runbook.report.line.Line;
import dev.runbook.saved.SavedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Prepares a plan, shows it, asks, and carries it out. */
public final class ApplyRun {
    private final ReportCollector reporting;
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final HostNodes.Opener opener;

    public ApplyRun(ReportCollector reporting, Clock clock, RunStore store) {
        this(reporting, clock, store, HostNodes::open);
    }

    /** On nodes that somebody else makes. */
    public ApplyRun(ReportCollector reporting, Clock clock, RunStore store, HostNodes.Opener opener) {
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
    public record Manner(boolean yes, boolean timings, boolean showPlan) {}

    public ExitCode apply(Request request, ConnectionOptions connections, Manner manner)
            throws UsageError, IOException {
        var run = NewRun.fresh(store, clock);
        return proceed(new PlanPreparation(reporting, clock, opener).prepare(request, connections, run), manner);
    }

    /** Carries out a plan that was saved, once. */
    public ExitCode apply(SavedPlan saved, List<Path> inventories, ConnectionOptions connections, Manner manner)
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
                        terminal.emit(new Line.Refused("nobody said yes", ExitCode.BAD_INPUT.number()));
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
                        timings.see(event);
                        reporting.see(event);
                        view.accept(event);
                    },
                    time,
                    interrupt,
                    new Claim(run, 1, ControllerName.owner(), time.instant()),
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
}
