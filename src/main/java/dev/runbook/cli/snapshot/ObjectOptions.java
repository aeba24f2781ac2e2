package dev.runbook.cli.snapshot;

import dev.runbook.etcd.objects.ObjectKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A filter of the objects of a snapshot. */
final class ObjectOptions {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only objects of this kind, such as Secret or secrets.")
    @Nullable
    String kind;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Only objects in this namespace.")
    @Nullable
    String namespace;

    boolean matches(ObjectKey key) {
        return (kind == null || key.isKind(kind))
                && (namespace == null || key.namespace().equals(namespace));
    }
}
