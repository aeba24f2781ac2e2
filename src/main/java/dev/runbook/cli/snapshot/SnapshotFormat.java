package dev.runbook.cli.snapshot;

/** How a result is written. */
enum SnapshotFormat {
    TABLE,
    JSON
}
