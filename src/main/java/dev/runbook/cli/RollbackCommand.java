package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
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

/** {@code runbook rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a run back.",
            "Before its commit: every host gets back what it had, from the journal.",
            "After it: a new restore of what the cluster had before the run. What was written since is lost."
        })
final class RollbackCommand implements Callable<Integer> {
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
    OutputOptions output = new OutputOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var store = RunStore.ofEnvironment();
        var events = RunsCommand.eventsOf(store, run);
        return new RollingBack(terminal, Clock.systemUTC(), store, connections)
                .rollBack(run, events, inventories, yes)
                .number();
    }
}
