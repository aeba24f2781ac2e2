package dev.runbook.report.line;

import dev.runbook.step.Doc;
import java.time.Instant;
import java.util.Optional;

/** Lines about what a restore of a snapshot deletes, restores and reverts. */
public sealed interface SnapshotDiffLine extends Line {
    @Doc("The snapshot of a diff.")
    record SnapshotAge(
            @Doc("As the command line names it.") String snapshot,
            long revision,
            @Doc("Creation time of its youngest object.") Optional<Instant> youngestObject)
            implements SnapshotDiffLine {}

    @Doc("Effect of a restore on one object.")
    record DiffObject(
            LineVocabulary.Effect effect,
            String resource,
            String namespace,
            String name,
            @Doc("0 where the object does not exist.") long snapshotRevision,
            @Doc("0 where the object does not exist.") long currentRevision,
            @Doc("In etcd.") String key)
            implements SnapshotDiffLine {}

    @Doc("Effect of a restore on the objects of a resource in a namespace.")
    record DiffSum(String resource, String namespace, long deleted, long restored, long reverted)
            implements SnapshotDiffLine {}
}
