package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.EarlierRunOptions;
import dev.runbook.cli.options.InDoubtOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.Terminal;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a run back.",
            "Before its commit: every host gets back what it had, from the journal.",
            "After it: a new restore of what the cluster had before the run. What was written since is lost."
        })
public final class RollbackCommand implements Callable<Integer> {
    @Mixin
    EarlierRunOptions which = new EarlierRunOptions();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    InDoubtOptions doubts = new InDoubtOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var clock = Clock.systemUTC();
        var store = RunStore.ofEnvironment();
        var hosts = new RunHosts(terminal, which.inventories(), connections);
        var found = new RunTakeover(terminal, clock, store, hosts).find(which, yes);
        return switch (found) {
            case RunTakeover.Found.Stopped(var code) -> code.number();
            case RunTakeover.Found.Run(var earlier) ->
                new RollbackRun(terminal, clock, store, connections)
                        .rollBack(
                                earlier,
                                doubts.decisions(),
                                yes || which.fromNode().isPresent())
                        .number();
        };
    }
}
