package dev.runbook.cli.options;

import picocli.CommandLine.Option;

/** How results are shown. */
public final class OutputOptions {
    @Option(names = "--json", description = "Print JSON Lines instead of text.")
    boolean json;

    @Option(names = "--no-color", description = "No colours, on a terminal either. NO_COLOR does the same.")
    boolean noColour;

    @Option(names = "--debug", description = "Show the stack trace of an internal error.")
    boolean debug;

    /** JSON is asked for by another option, too. */
    public OutputOptions json(boolean too) {
        json |= too;
        return this;
    }

    public boolean json() {
        return json;
    }

    public boolean noColour() {
        return noColour;
    }

    public boolean debug() {
        return debug;
    }
}
