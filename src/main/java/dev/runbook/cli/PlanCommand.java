package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.ReportOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.report.PlanText;
import dev.runbook.report.line.PlanLine;
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

    @Mixin
    ReportOptions reports = new ReportOptions();

    @Option(names = "--detailed-exitcode", description = "End with 6 when there is something to change.")
    boolean detailedExitCode;

    @Override
    public Integer call() throws Exception {
        var clock = Clock.systemUTC();
        var reporting = new Reporting(Terminal.ofProcess(output), reports, clock, "plan", target.runbook());
        return reporting.during(() -> plan(reporting, clock)).number();
    }

    private ExitCode plan(Reporting reporting, Clock clock) throws BadCall {
        var terminal = reporting.terminal();
        var run = Runs.fresh(RunStore.ofEnvironment(), clock);
        return switch (new Preparation(reporting, clock).prepare(target.request(), connections, run)) {
            case Preparation.Result.Stopped(var code) -> code;
            case Preparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    terminal.emit(PlanLine.of(ready.plan()));
                    if (!terminal.json()) {
                        terminal.lines(new PlanText(terminal.style()).lines(ready.plan()));
                        terminal.line("");
                    }
                    terminal.line("Nothing was touched.");
                    boolean pending = detailedExitCode && ready.plan().changes();
                    yield pending ? ExitCode.CHANGES : ExitCode.DONE;
                }
            }
        };
    }
}
