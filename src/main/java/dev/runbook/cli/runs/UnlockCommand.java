package dev.runbook.cli.runs;

import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook unlock}. */
@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        description = {
            "Shows who holds the locks of hosts, and gives them back after a question.",
            "For a lock that a dead run left behind. A run that stands in the middle is better ended with resume or"
                    + " rollback: unlocking puts nothing back."
        })
public final class UnlockCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST", arity = "0..*", description = "Hosts; left out, all of the inventory.")
    List<String> names = new ArrayList<>();

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Inventory in Ansible's YAML form; may be given several times.")
    List<Path> inventories = new ArrayList<>();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Option(names = "--force", description = "Also where the owner's connection still stands.")
    boolean force;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var hosts = new RunHosts(terminal, inventories, connections);
        var opened = names.isEmpty() ? hosts.openAll() : hosts.open(names);
        if (opened.isEmpty()) {
            return ExitCode.BAD_INPUT.number();
        }
        try (var fleet = opened.get()) {
            return new LockRelease(terminal, fleet).unlock(yes, force).number();
        }
    }
}
