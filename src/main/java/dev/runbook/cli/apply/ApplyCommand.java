package dev.runbook.cli.apply;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.ReportOptions;
import dev.runbook.cli.options.SimulateOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.Terminal;
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
    TargetOptions target = new TargetOptions();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    ReportOptions reports = new ReportOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Option(names = "--timings", description = "Show where the time went, step by step.")
    boolean timings;

    @Mixin
    SimulateOptions simulated = new SimulateOptions();

    @Override
    public Integer call() throws Exception {
        var clock = Clock.systemUTC();
        var reporting = new ReportCollector(Terminal.ofProcess(output), reports, clock, "apply", target.runbook());
        var applying = new ApplyRun(reporting, clock, RunStore.ofEnvironment());
        var manner = new ApplyRun.Manner(yes, timings, true);
        simulated.applyTo(connections);
        return reporting
                .during(() -> {
                    var saved = PlanFile.find(target.runbook());
                    return saved.isPresent()
                            ? applying.apply(alone(saved.get()), target.inventories(), connections, manner)
                            : applying.apply(target.request(), connections, manner);
                })
                .number();
    }

    /** A saved plan is carried out as it was agreed to. */
    private SavedPlan alone(SavedPlan saved) throws UsageError {
        if (target.narrows()) {
            throw new UsageError("a saved plan has its inputs, hosts and steps already: -e, --limit and --tags are for"
                    + " `runbook plan`");
        }
        return saved;
    }
}
