package dev.runbook.node.shell.result;

import dev.runbook.node.shell.wire.ScriptResult;

/** A file on a node, measured there. */
public record FileMeasurement(String sha256, long size) {
    public static FileMeasurement of(ScriptResult outcome) {
        var said = outcome.mark("measured")
                .orElseThrow(() -> new IllegalStateException("the measurement is empty"))
                .text()
                .split(" ", 2);
        return new FileMeasurement(said[0], Long.parseLong(said[1]));
    }
}
