package dev.runbook.cli.runs;

import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.InventoryOptions;
import dev.runbook.cli.options.MaintenanceOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
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
            "Shows who holds the locks of hosts, and releases them after confirmation.",
            "For a lock that a dead run left behind. Prefer resume or rollback for a run that has not ended, because"
                    + " unlock rolls nothing back."
        })
public final class UnlockCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST", arity = "0..*", description = "Hosts; if omitted, all of the inventory.")
    List<String> names = new ArrayList<>();

    @Mixin
    InventoryOptions inventory = new InventoryOptions();

    @Mixin
    MaintenanceOptions options = new MaintenanceOptions();

    @Option(names = "--force", description = "Also release a lock whose owner is still connected.")
    boolean force;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(options.output());
        var hosts = new RunHosts(terminal, inventory.inventories(), options.connections());
        var opened = names.isEmpty() ? hosts.openAll() : hosts.open(names);
        if (opened.isEmpty()) {
            return ExitCode.BAD_INPUT.number();
        }
        try (var fleet = opened.get()) {
            return new LockRelease(terminal, fleet).unlock(options.yes(), force).number();
        }
    }
}
