package dev.runbook.steps.shared;

import dev.runbook.model.Problem;
import dev.runbook.step.SnapshotFacts;
import dev.runbook.step.StepContext;
import java.util.Optional;

/** Problems that preflight and restore both check for, with equal texts, so that they are reported once. */
public final class RestoreProblems {
    private RestoreProblems() {}

    /** Alarms survive a restore. The same for every host, so reported for the first. */
    public static Optional<Problem> alarms(StepContext context, SnapshotFacts snapshot) {
        if (snapshot.alarms().isEmpty()
                || !context.host().equals(context.stepHosts().getFirst())) {
            return Optional.empty();
        }
        return Optional.of(Problem.ofCall(
                "snapshot-has-alarms",
                "the snapshot carries alarms, so they are raised in the restored cluster too, and it refuses"
                        + " writes: "
                        + String.join(", ", snapshot.alarms()),
                "use another snapshot; or accept them with -e 'allow=[\"snapshot-has-alarms\"]' (allow: on"
                        + " this step), and run `etcdctl alarm disarm` once the run has ended (after NOSPACE,"
                        + " compact and defragment first, or raise --quota-backend-bytes)"));
    }

    public static Problem noTool(String host) {
        return Problem.on(
                host,
                "no-restore-tool",
                "the host has no tool to restore a snapshot: no etcdutl or etcdctl of the member's version, and no ctr"
                        + " to run the one in its image",
                "install etcd's client tools of the member's MAJOR.MINOR on the host");
    }

    public static Problem otherVersion(String host, EtcdVersion snapshot, EtcdVersion member) {
        return Problem.on(
                host,
                "other-version",
                "the snapshot is of etcd " + snapshot + " and the member runs " + member
                        + ": snapshot and cluster must share MAJOR.MINOR",
                "restore with the etcd version that wrote it; if you know that the formats match: in a runbook of your"
                    + " own, allow_other_version: true on the step restore, and allow: [other-version] on preflight");
    }
}
