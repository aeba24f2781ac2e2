package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConfirmOptions;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.EarlierRunOptions;
import dev.runbook.cli.options.InDoubtOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that takes an earlier run over, from this machine's journal or from its hosts. */
abstract class EarlierRunCommand implements Callable<Integer> {
    @Mixin
    public EarlierRunOptions which = new EarlierRunOptions();

    @Mixin
    public ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    public InDoubtOptions inDoubt = new InDoubtOptions();

    @Mixin
    public OutputOptions output = new OutputOptions();

    @Mixin
    public ConfirmOptions confirm = new ConfirmOptions();

    /** What a command works with. */
    record Controller(Terminal terminal, Clock clock, RunStore store, ConnectionOptions connections) {}

    @Override
    public final Integer call() throws Exception {
        var controller =
                new Controller(Terminal.ofProcess(output), Clock.systemUTC(), RunStore.ofEnvironment(), connections);
        var hosts = new RunHosts(controller.terminal(), which.inventories(), connections);
        var found = new RunTakeover(controller.terminal(), controller.clock(), controller.store(), hosts)
                .find(which, confirm.yes());
        return switch (found) {
            case RunTakeover.Found.Stopped(var code) -> code.number();
            case RunTakeover.Found.Run(var earlier) ->
                // A takeover from a node has asked already.
                end(
                                controller,
                                earlier,
                                inDoubt.decisions(),
                                confirm.yes() || which.fromNode().isPresent())
                        .number();
        };
    }

    /** Brings the run to an end. */
    abstract ExitCode end(
            Controller controller, EarlierRun earlier, List<InDoubtAction.Decision> decisions, boolean yes)
            throws UsageError, IOException;
}
