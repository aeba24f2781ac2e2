package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
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
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Option(names = "--timings", description = "Show where the time went, step by step.")
    boolean timings;

    @Option(
            names = "--simulate",
            description = "On simulated nodes in place of the inventory's hosts, which are not connected to.")
    boolean simulate;

    @Override
    public Integer call() throws Exception {
        var applying = new Applying(Terminal.ofProcess(output), Clock.systemUTC(), RunStore.ofEnvironment());
        return applying.apply(
                        target.request(),
                        connections.simulate(simulate),
                        new Applying.Manner(yes, output.json(), timings, true))
                .number();
    }
}
