package dev.runbook.cli.snapshot;

/** Output format of a result. */
enum SnapshotFormat {
    TABLE,
    JSON
}
