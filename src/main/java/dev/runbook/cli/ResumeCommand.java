package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.DoubtOptions;
import dev.runbook.cli.options.OutputOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on with a run whose process was killed, interrupted, or left stuck.",
            "What may have been done is looked at, never blindly repeated; where no machine can tell, you are asked.",
            "A run that was on its way back goes further back."
        })
final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run's id, as `runbook runs` lists it.")
    String run = "";

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Inventory; left out, the run's own.")
    List<Path> inventories = new ArrayList<>();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    DoubtOptions doubts = new DoubtOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var store = RunStore.ofEnvironment();
        var earlier = new EarlierRun(run, RunsCommand.eventsOf(store, run), inventories, store);
        return new Resuming(terminal, Clock.systemUTC(), connections)
                .resume(earlier, doubts.decisions(), yes, output.json())
                .number();
    }
}
