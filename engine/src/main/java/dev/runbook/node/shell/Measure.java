package dev.runbook.node.shell;

/** A file on a node, measured there. */
record Measure(String sha256, long size) {
    static Measure of(Outcome outcome) {
        var said = outcome.mark("measured")
                .orElseThrow(() -> new IllegalStateException("measured without a word"))
                .text()
                .split(" ", 2);
        return new Measure(said[0], Long.parseLong(said[1]));
    }
}
