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
import dev.runbook.cli.terminal.Touched;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunState;
import dev.runbook.load.Request;
import dev.runbook.node.Claim;
import dev.runbook.plan.AbsentHosts;
import dev.runbook.report.Timings;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.saved.SavedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A run of {@code apply}: prepares a plan, shows it, asks for confirmation, and executes it. */
public final class ApplyRun {
    private final ReportCollector reporting;
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final HostNodes.Opener opener;

    public ApplyRun(ReportCollector reporting, Clock clock, RunStore store) {
        this(reporting, clock, store, HostNodes::open);
    }

    /** Runs on nodes that the opener makes. */
    public ApplyRun(ReportCollector reporting, Clock clock, RunStore store, HostNodes.Opener opener) {
        this.opener = opener;
        this.reporting = reporting;
        this.terminal = reporting.terminal();
        this.clock = clock;
        this.store = store;
    }

    /**
     * Settings of a run.
     *
     * @param yes apply without asking for confirmation
     * @param timings print the duration of each step after the run
     * @param strict refuse a run that leaves out what it could do without
     */
    public record Settings(boolean yes, boolean timings, boolean showPlan, boolean strict) {
        public Settings(boolean yes, boolean timings, boolean showPlan) {
            this(yes, timings, showPlan, false);
        }
    }

    public ExitCode apply(Request request, ConnectionOptions connections, Settings settings)
            throws UsageError, IOException {
        var run = NewRun.fresh(store, clock);
        return proceed(
                new PlanPreparation(reporting, clock, opener, settings.strict()).prepare(request, connections, run),
                settings);
    }

    /** Applies a saved plan, once. */
    public ExitCode apply(SavedPlan saved, List<Path> inventories, ConnectionOptions connections, Settings settings)
            throws UsageError, IOException {
        return proceed(
                new SavedPlanPreparation(reporting, clock, store).prepare(saved, inventories, connections), settings);
    }

    private ExitCode proceed(PlanPreparation.Result prepared, Settings settings) throws UsageError, IOException {
        return switch (prepared) {
            case PlanPreparation.Result.Stopped(var code) -> code;
            case PlanPreparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    var outage = PlannedOutage.of(ready.plan(), store);
                    if (settings.showPlan()) {
                        terminal.plan(ready.plan());
                        outage.show(terminal);
                        new RestoreImpact(ready).show(terminal);
                    }
                    if (!settings.yes()
                            && !terminal.confirm(
                                    "Apply this plan to " + ready.plan().hosts().size() + " hosts?")) {
                        terminal.emit(
                                new InvocationLine.Refused("the plan was not confirmed", ExitCode.BAD_INPUT.number()));
                        terminal.note("Nothing was changed.");
                        yield ExitCode.BAD_INPUT;
                    }
                    yield execute(ready, outage, settings);
                }
            }
        };
    }

    private ExitCode execute(PlanPreparation.Result.Ready ready, PlannedOutage outage, Settings settings)
            throws UsageError, IOException {
        var plan = ready.plan();
        var run = plan.run().id();
        var time = SimulatedNodes.clock(ready.fleet(), clock);
        store.create(plan.run());
        var timings = new Timings();
        var view = new RunView(terminal, plan.steps().size(), outage.forecast()).also(event -> {
            timings.accept(event);
            reporting.accept(event);
        });
        var interrupt = new Interrupt();
        try (var lock = RunLock.take(store, run, clock).orElseThrow(() -> RunLock.held(run));
                var journal = JournalFile.open(store.journalOf(run));
                var _ = Signals.watch(interrupt, terminal)) {
            lock.watch(interrupt, terminal);
            var executor = new Executor(
                    ready.fleet(),
                    journal,
                    view,
                    time,
                    interrupt,
                    new Claim(run, 1, ControllerName.owner(), time.instant()),
                    RunState.initial(),
                    store::hasEnded,
                    new Prompt(terminal, settings.yes()));
            Touched.mark();
            RunOutcome outcome;
            try (var _ = view.display(ready.fleet(), time)) {
                outcome = lock.handedOver(
                        executor.apply(plan, ready.call(), () -> new PreApplyCheck(ready, time, view).stale()));
            }
            reporting.finish(outcome);
            if (settings.timings()) {
                timings.lines().forEach(terminal::line);
            }
            var code = view.finish(run, outcome);
            view.leftOut(AbsentHosts.among(plan.warnings()));
            view.stillLocked(executor.stillLocked());
            SimulatedNodes.conclude(ready.fleet(), terminal);
            return code;
        }
    }
}
