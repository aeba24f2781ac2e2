package dev.runbook.cli.snapshot;

/** How a result is written. */
enum Form {
    TABLE,
    JSON
}
