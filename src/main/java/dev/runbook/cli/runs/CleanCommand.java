package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.step.Durations;
import java.nio.file.Path;
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
            "Removes what finished runs kept aside: old data folders and manifests, uploads, snapshots.",
            "Shows first what that is and what it weighs, and asks. Journals stay on this machine.",
            "Afterwards such a run cannot be rolled back any more."
        })
final class CleanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", arity = "0..*", description = "Runs by id; left out, all that the options leave.")
    List<String> runs = new ArrayList<>();

    @Option(names = "--older-than", paramLabel = "DURATION", description = "Only runs that ended so long ago, as 30d.")
    @Nullable
    String olderThan;

    @Option(names = "--keep", paramLabel = "N", description = "Leave the newest N finished runs as they are.")
    @Nullable
    Integer keep;

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Inventory to reach the hosts by; left out, the one of each run.")
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
        var clock = Clock.systemUTC();
        var chosen = new FinishedRuns(store, clock).chosen(runs, age(), keep == null ? 0 : count(keep));
        if (chosen.isEmpty()) {
            terminal.line("No finished run has anything left to clean.");
            return ExitCode.DONE.number();
        }
        return new RunCleanup(terminal, clock, store, inventories, connections)
                .clean(chosen, yes)
                .number();
    }

    private Optional<Duration> age() throws UsageError {
        if (runs.isEmpty() && olderThan == null && keep == null) {
            throw new UsageError(
                    "name runs to clean, or say which with --older-than or --keep; `runbook runs` lists them");
        }
        if (olderThan == null) {
            return Optional.empty();
        }
        return Optional.of(Durations.parse(olderThan)
                .orElseThrow(
                        () -> new UsageError("--older-than " + olderThan + " is no duration; write it as 30d or 12h")));
    }

    private static int count(int keep) throws UsageError {
        if (keep < 0) {
            throw new UsageError("--keep " + keep + " is less than none");
        }
        return keep;
    }
}
