package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.options.MaintenanceOptions;
import dev.runbook.cli.options.RunInventoryOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.step.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook runs clean}. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = {
            "Removes the retained artifacts of finished runs: old data folders and manifests, uploads, snapshots.",
            "Lists them with their sizes first, and asks for confirmation. Journals remain on this machine.",
            "A cleaned run can no longer be rolled back."
        })
final class CleanCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            arity = "0..*",
            description = "Ids of runs; if omitted, all finished runs that --older-than and --keep select.")
    List<String> runs = new ArrayList<>();

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            description = "Only runs that ended at least this long ago, such as 30d.")
    @Nullable
    String olderThan;

    @Option(names = "--keep", paramLabel = "N", description = "Skip the newest N finished runs.")
    @Nullable
    Integer keep;

    @Mixin
    RunInventoryOptions inventory = new RunInventoryOptions();

    @Mixin
    MaintenanceOptions options = new MaintenanceOptions();

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(options.output());
        var store = RunStore.ofEnvironment();
        var clock = Clock.systemUTC();
        var selected = new FinishedRuns(store, clock).select(runs, age(), keep == null ? 0 : count(keep));
        if (selected.isEmpty()) {
            terminal.line("No selected run has artifacts left to clean.");
            return ExitCode.DONE.number();
        }
        return new RunCleanup(terminal, clock, store, inventory.inventories(), options.connections(), !runs.isEmpty())
                .clean(selected, options.yes())
                .number();
    }

    private Optional<Duration> age() throws UsageError {
        if (runs.isEmpty() && olderThan == null && keep == null) {
            throw new UsageError(
                    "no runs selected: name them, or try --older-than or --keep; `runbook runs` lists them");
        }
        if (olderThan == null) {
            return Optional.empty();
        }
        return Optional.of(Durations.parse(olderThan)
                .orElseThrow(() -> new UsageError("--older-than " + olderThan + " is not a duration; try 30d or 12h")));
    }

    private static int count(int keep) throws UsageError {
        if (keep < 0) {
            throw new UsageError("--keep " + keep + " is negative; try 0 or more");
        }
        return keep;
    }
}
