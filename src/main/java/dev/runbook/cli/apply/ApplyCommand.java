package dev.runbook.cli.apply;

import dev.runbook.cli.options.CompletenessOptions;
import dev.runbook.cli.options.ConfirmOptions;
import dev.runbook.cli.options.NodeOptions;
import dev.runbook.cli.options.RunbookOptions;
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
        description =
                "Checks every host, shows the plan, asks for confirmation, and applies it; rolls back if a step fails.")
public final class ApplyCommand implements Callable<Integer> {
    @Mixin
    RunbookOptions options = new RunbookOptions();

    @Mixin
    NodeOptions nodes = new NodeOptions();

    @Mixin
    CompletenessOptions completeness = new CompletenessOptions();

    @Mixin
    ConfirmOptions confirmation = new ConfirmOptions();

    @Option(names = "--timings", description = "Show how long each step took.")
    boolean timings;

    @Override
    public Integer call() throws Exception {
        var clock = Clock.systemUTC();
        var target = options.target();
        var reporting = ReportCollector.of(options, clock, "apply");
        var run = new ApplyRun(reporting, clock, RunStore.ofEnvironment());
        var settings = new ApplyRun.Settings(confirmation.yes(), timings, true, completeness.strict());
        var connections = nodes.connections();
        return reporting
                .run(() -> {
                    var saved = PlanFile.find(target.runbook());
                    return saved.isPresent()
                            ? run.apply(unchanged(saved.get()), target.inventories(), connections, settings)
                            : run.apply(target.request(), connections, settings);
                })
                .number();
    }

    /** A saved plan is applied as it was confirmed. */
    private SavedPlan unchanged(SavedPlan saved) throws UsageError {
        if (options.target().narrows()) {
            throw new UsageError("a saved plan has its inputs, hosts and steps already; try -e, --limit and --tags with"
                    + " `runbook plan`");
        }
        return saved;
    }
}
