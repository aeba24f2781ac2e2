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

/** {@code runbook resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on with a run whose process was killed, interrupted, or left stuck.",
            "What may have been done is looked at, never blindly repeated; where no machine can tell, you are asked.",
            "A run that was on its way back goes further back."
        })
public final class ResumeCommand implements Callable<Integer> {
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
                new ResumeRun(terminal, clock, connections)
                        .resume(
                                earlier,
                                doubts.decisions(),
                                yes || which.fromNode().isPresent())
                        .number();
        };
    }
}
