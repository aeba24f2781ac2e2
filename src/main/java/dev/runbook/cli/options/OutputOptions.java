package dev.runbook.cli.options;

import picocli.CommandLine.Option;

/** How results are shown. */
public final class OutputOptions {
    @Option(names = "--json", description = "Print JSON Lines instead of text.")
    boolean json;

    @Option(
            names = "--no-color",
            description = "Print no colours, even on a terminal. The variable NO_COLOR does the same.")
    boolean noColour;

    @Option(names = "--debug", description = "Show the stack trace of an internal error.")
    boolean debug;

    /** Also prints JSON when another option asks for it. */
    public OutputOptions json(boolean requested) {
        json |= requested;
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
