package dev.runbook.cli;

/** Placeholder until the nodes are merged. */
final class Connections {
    private Connections() {}
}
