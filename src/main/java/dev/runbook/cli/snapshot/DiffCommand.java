package dev.runbook.cli.snapshot;

import dev.runbook.cli.inventory.LiveCluster;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.InventoryOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.objects.StoreDiff;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.StoreView;
import dev.runbook.survey.LiveDiff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook snapshot diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Shows what a restore of FILE would delete (-), restore (+) and revert (~), compared with a"
                + " later snapshot or, with --live, with the running cluster.")
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The snapshot that would be restored.")
    Path file = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "NOW", description = "The later snapshot to compare with.")
    @Nullable
    Path now;

    @Option(
            names = "--live",
            description = "Compare with the cluster of the inventory, by reading the keys of one member.")
    boolean live;

    @Mixin
    InventoryOptions inventory = new InventoryOptions();

    @Mixin
    ObjectOptions objects = new ObjectOptions();

    @Option(names = "--summary", description = "Only counts by kind and namespace.")
    boolean summary;

    @Option(
            names = "--fail-if-lost",
            paramLabel = "KIND",
            split = ",",
            description = "End with 6 when an object of this kind would be deleted; may be given several times.")
    List<String> failIfLost = new ArrayList<>();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws BadSnapshot, UsageError {
        if (live == (now != null)) {
            throw new UsageError("nothing to compare with; try a second snapshot, or --live with -i INVENTORY");
        }
        var terminal = Terminal.ofProcess(output);
        var view = new DiffView(terminal, summary, objects, failIfLost);
        try (var before = SnapshotFile.open(file);
                var old = StoreView.latest(before)) {
            view.start(old, file);
            return (now == null ? compareLive(terminal, view, old) : compare(view, old, now)).number();
        }
    }

    private static ExitCode compare(DiffView view, StoreView old, Path now) throws BadSnapshot {
        try (var after = SnapshotFile.open(now);
                var current = StoreView.latest(after)) {
            StoreDiff.between(old, current, view);
        }
        return view.showTotals() ? ExitCode.CHANGES : ExitCode.DONE;
    }

    private ExitCode compareLive(Terminal terminal, DiffView view, StoreView old) throws BadSnapshot, UsageError {
        var cluster = LiveCluster.open(terminal, inventory.inventories(), connections);
        if (cluster.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        try (var opened = cluster.get()) {
            return switch (LiveDiff.compare(opened.fleet(), opened.facts(), old, view)) {
                case LiveDiff.Result.Compared(var host, var revision) -> {
                    boolean lost = view.showTotals();
                    terminal.note("compared with " + host + " at revision " + revision);
                    yield lost ? ExitCode.CHANGES : ExitCode.DONE;
                }
                case LiveDiff.Result.NoMemberAnswers none -> {
                    terminal.note("runbook: no member answers, so the current keys are unknown; compare with a copy of"
                            + " a stopped member's member/snap/db instead");
                    yield ExitCode.PREFLIGHT;
                }
                case LiveDiff.Result.Lost(var host, var reason) -> {
                    terminal.note("runbook: " + host + ": " + reason + "; the comparison above is incomplete");
                    yield ExitCode.PREFLIGHT;
                }
            };
        }
    }
}
