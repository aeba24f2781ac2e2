package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.report.PlanText;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Looks at every host and shows what apply would do, flag by flag; touches nothing.")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--detailed-exitcode", description = "End with 6 when there is something to change.")
    boolean detailedExitCode;

    @Option(
            names = "--simulate",
            description = "On simulated nodes in place of the inventory's hosts, which are not connected to.")
    boolean simulate;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var clock = Clock.systemUTC();
        var run = Runs.fresh(RunStore.ofEnvironment(), clock);
        return switch (new Preparation(terminal, clock)
                .prepare(target.request(), connections.simulate(simulate), run)) {
            case Preparation.Result.Stopped(var code) -> code.number();
            case Preparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    if (output.json()) {
                        terminal.line(PlanJson.of(ready.plan()));
                    } else {
                        terminal.lines(new PlanText(terminal.style()).lines(ready.plan()));
                        terminal.lines(new Undoing(ready).lines());
                        terminal.line("");
                        terminal.line("Nothing was touched.");
                    }
                    boolean pending = detailedExitCode && ready.plan().changes();
                    yield (pending ? ExitCode.CHANGES : ExitCode.DONE).number();
                }
            }
        };
    }
}
