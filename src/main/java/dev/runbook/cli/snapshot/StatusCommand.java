package dev.runbook.cli.snapshot;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.snapshot.HashPrediction;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.SnapshotSummary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook snapshot status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Checks every page and the SHA-256 of a snapshot and describes it, like etcdutl's"
                + " `snapshot status` but with more detail.")
final class StatusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A snapshot, or a copied member/snap/db.")
    Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: TABLE.")
    SnapshotFormat form = SnapshotFormat.TABLE;

    @Option(
            names = "--at",
            paramLabel = "REVISION",
            description = "Also print HashKV at this revision, as a member with this store reports it.")
    @Nullable
    Long at;

    @Option(
            names = "--skip-hash-check",
            description =
                    "Do not compute the file's SHA-256, to answer faster: pages are still checked, but changes of keys"
                            + " and values after the file was saved go undetected.")
    boolean skipHashCheck;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws BadSnapshot {
        var terminal = Terminal.ofProcess(output.json(form == SnapshotFormat.JSON));
        try (var opened = SnapshotFile.open(file)) {
            SnapshotSummary summary = skipHashCheck ? opened.summarizeUnhashed() : opened.summarize();
            Optional<HashPrediction> hash = at == null ? Optional.empty() : Optional.of(opened.hashKv(at));
            terminal.emit(StatusView.line(summary, hash));
            if (!terminal.json()) {
                terminal.lines(StatusView.lines(summary, hash));
            }
            if (summary.storage().trailer() instanceof Trailer.Mismatch) {
                terminal.note("runbook: " + file
                        + ": its SHA-256 does not match the one at its end, because the file was changed"
                        + " after it was saved; etcd refuses to restore it");
                return ExitCode.BAD_INPUT.number();
            }
            return ExitCode.DONE.number();
        }
    }
}
