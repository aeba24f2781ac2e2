package dev.runbook.cli.apply;

import dev.runbook.cli.inventory.HostNodes;
import dev.runbook.cli.options.CompletenessOptions;
import dev.runbook.cli.options.NodeOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.RunbookOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.report.line.LineVocabulary;
import dev.runbook.saved.SavedPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        subcommands = PlanCommand.Show.class,
        description = "Checks every host and shows what apply would do, flag by flag; changes nothing.")
public final class PlanCommand implements Callable<Integer> {
    @Mixin
    RunbookOptions options = new RunbookOptions();

    @Mixin
    NodeOptions nodes = new NodeOptions();

    @Mixin
    CompletenessOptions completeness = new CompletenessOptions();

    @Option(names = "--detailed-exitcode", description = "End with 6 when changes are pending.")
    boolean detailedExitCode;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Save the plan to a file; `runbook apply FILE` applies exactly this plan, once.")
    @Nullable
    Path file;

    @Override
    public Integer call() throws Exception {
        var clock = Clock.systemUTC();
        var reporting = ReportCollector.of(options, clock, "plan");
        return reporting.run(() -> plan(reporting, clock)).number();
    }

    private ExitCode plan(ReportCollector reporting, Clock clock) throws UsageError {
        var terminal = reporting.terminal();
        var store = RunStore.ofEnvironment();
        var run = NewRun.fresh(store, clock);
        return switch (new PlanPreparation(reporting, clock, HostNodes::open, completeness.strict())
                .prepare(options.target().request(), nodes.connections(), run)) {
            case PlanPreparation.Result.Stopped(var code) -> code;
            case PlanPreparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    terminal.plan(ready.plan());
                    PlannedOutage.of(ready.plan(), store).show(terminal);
                    new RestoreImpact(ready).show(terminal);
                    terminal.line("Nothing was changed.");
                    if (file != null) {
                        save(terminal, file, SavedPlan.of(ready.plan(), ready.call(), ready.inventory()));
                    }
                    boolean pending = detailedExitCode && ready.plan().changes();
                    yield pending ? ExitCode.CHANGES : ExitCode.DONE;
                }
            }
        };
    }

    private static void save(Terminal terminal, Path file, SavedPlan saved) throws UsageError {
        PlanFile.write(file, saved);
        terminal.emit(new InvocationLine.Written(file.toString(), LineVocabulary.Content.PLAN));
        terminal.line("Saved as " + file + ". Keep it private, because it has the contents of files.");
        terminal.line("  next: runbook apply " + file);
    }

    /** {@code runbook plan show FILE}. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a saved plan; connects to no host.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "A plan that `runbook plan -o` saved.")
        Path file = Path.of("");

        @Mixin
        OutputOptions output = new OutputOptions();

        @Override
        public Integer call() throws UsageError {
            var terminal = Terminal.ofProcess(output);
            var saved = PlanFile.read(file);
            terminal.problems(saved.plan().warnings());
            terminal.plan(saved.plan());
            PlannedOutage.of(saved.plan(), RunStore.ofEnvironment()).show(terminal);
            terminal.line("Made " + saved.plan().run().planned() + " from "
                    + saved.call().runbookFile() + ".");
            return ExitCode.DONE.number();
        }
    }
}
