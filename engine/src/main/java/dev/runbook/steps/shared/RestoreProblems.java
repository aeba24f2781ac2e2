package dev.runbook.steps.shared;

import dev.runbook.model.Problem;

/** Problems that preflight and restore both check for, with equal texts, so that they are reported once. */
public final class RestoreProblems {
    private RestoreProblems() {}

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
                "restore with the etcd version that wrote it, or set allow_other_version if you know that the formats"
                        + " match");
    }
}
