package dev.runbook.cli.snapshot;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.objects.ObjectKey;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.StoreView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which objects of a snapshot. */
final class ObjectOptions {
    @Option(names = "--kind", paramLabel = "KIND", description = "Only objects of this kind: Secret, secrets, ...")
    @Nullable
    String kind;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Only objects in this namespace.")
    @Nullable
    String namespace;

    boolean match(ObjectKey key) {
        return (kind == null || key.isKind(kind))
                && (namespace == null || key.namespace().equals(namespace));
    }

    static StoreView view(SnapshotFile file, @Nullable Long revision) throws BadSnapshot {
        return revision == null ? StoreView.latest(file) : StoreView.at(file, revision);
    }
}
