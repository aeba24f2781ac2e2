package dev.runbook.cli.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.StoreView;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A snapshot file, and the revision of it that a command reads. */
final class SnapshotSource {
    @Parameters(index = "0", paramLabel = "FILE", description = "A snapshot, or a copied member/snap/db.")
    Path file = Path.of("");

    @Option(names = "--at", paramLabel = "REVISION", description = "Read as of this revision; default: the last one.")
    @Nullable
    Long at;

    Path file() {
        return file;
    }

    StoreView view(SnapshotFile opened) throws BadSnapshot {
        return at == null ? StoreView.latest(opened) : StoreView.at(opened, at);
    }
}
