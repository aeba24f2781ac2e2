package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.EarlierRunOptions;
import dev.runbook.cli.options.InDoubtOptions;
import dev.runbook.cli.options.MaintenanceOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** The common part of the commands that end an earlier run: finds the run, or takes it over, and hands it on. */
abstract sealed class EarlierRunCommand implements Callable<Integer> permits ResumeCommand, RollbackCommand {
    @Mixin
    EarlierRunOptions selection = new EarlierRunOptions();

    @Mixin
    InDoubtOptions inDoubt = new InDoubtOptions();

    @Mixin
    MaintenanceOptions options = new MaintenanceOptions();

    /**
     * This process, in which an earlier run ends.
     *
     * @param yes without asking for confirmation
     */
    record Session(Terminal terminal, Clock clock, RunStore store, ConnectionOptions connections, boolean yes) {
        RunHosts hosts(EarlierRun run) throws UsageError {
            return new RunHosts(terminal, run.usedInventories(), connections);
        }
    }

    abstract ExitCode end(Session session, EarlierRun run, List<InDoubtAction.Decision> decisions)
            throws UsageError, IOException;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(options.output());
        var clock = Clock.systemUTC();
        var store = RunStore.ofEnvironment();
        var connections = options.connections();
        var hosts = new RunHosts(terminal, selection.inventories(), connections);
        // A takeover was already confirmed, and one confirmation is enough.
        boolean confirmed = options.yes() || selection.fromNode().isPresent();
        return switch (new RunTakeover(terminal, clock, store, hosts).find(selection, options.yes())) {
            case RunTakeover.Found.Stopped(var code) -> code.number();
            case RunTakeover.Found.Run(var earlier) ->
                end(new Session(terminal, clock, store, connections, confirmed), earlier, inDoubt.decisions())
                        .number();
        };
    }
}
