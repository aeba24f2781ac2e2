package dev.runbook.cli.snapshot;

import dev.runbook.cli.ExitCode;
import dev.runbook.cli.Terminal;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.etcd.objects.StoreDiff;
import dev.runbook.etcd.snapshot.BadSnapshot;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.StoreView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook snapshot diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Tells what a restore of FILE would delete, bring back and turn back, compared with a later"
                + " snapshot.")
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The snapshot that would be restored.")
    Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "NOW", description = "A snapshot of what there is now.")
    Path now = Path.of("");

    @Mixin
    ObjectOptions objects = new ObjectOptions();

    @Option(names = "--summary", description = "Numbers by kind and namespace only.")
    boolean summary;

    @Option(
            names = "--fail-if-lost",
            paramLabel = "KIND",
            split = ",",
            description = "End with 6 when an object of this kind would be deleted; may be given several times.")
    List<String> failIfLost = new ArrayList<>();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws BadSnapshot {
        var view = new DiffView(Terminal.ofProcess(output), output.json(), summary, objects, failIfLost);
        try (var before = SnapshotFile.open(file);
                var after = SnapshotFile.open(now);
                var old = StoreView.latest(before);
                var current = StoreView.latest(after)) {
            view.age(old, file);
            StoreDiff.between(old, current, view);
        }
        return (view.end() ? ExitCode.CHANGES : ExitCode.DONE).number();
    }
}
