package dev.runbook.cli.apply;

import dev.runbook.cli.options.ConfirmOptions;
import dev.runbook.cli.options.PlanningOptions;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.saved.SavedPlan;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Looks at every host, shows the plan, asks, and does it; puts everything back when a step fails.")
public final class ApplyCommand implements Callable<Integer> {
    @Mixin
    public PlanningOptions planning = new PlanningOptions();

    @Mixin
    public ConfirmOptions confirm = new ConfirmOptions();

    @Option(names = "--timings", description = "Show where the time went, step by step.")
    public boolean timings;

    @Override
    public Integer call() throws Exception {
        var clock = Clock.systemUTC();
        var target = planning.target();
        var reporting = ReportCollector.of(planning, clock, "apply");
        var applyRun = new ApplyRun(reporting, clock, RunStore.ofEnvironment());
        var manner = new ApplyRun.Manner(confirm.yes(), timings, true);
        var connections = planning.connections();
        return reporting
                .during(() -> {
                    var saved = PlanFile.find(target.runbook());
                    return saved.isPresent()
                            ? applyRun.apply(alone(saved.get()), target.inventories(), connections, manner)
                            : applyRun.apply(target.request(), connections, manner);
                })
                .number();
    }

    /** A saved plan is carried out as it was agreed to. */
    private SavedPlan alone(SavedPlan saved) throws UsageError {
        if (planning.target().narrows()) {
            throw new UsageError("a saved plan has its inputs, hosts and steps already: -e, --limit and --tags are for"
                    + " `runbook plan`");
        }
        return saved;
    }
}
