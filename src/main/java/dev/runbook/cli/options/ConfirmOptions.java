package dev.runbook.cli.options;

import picocli.CommandLine.Option;

/** Whether a command asks the operator before it acts. */
public final class ConfirmOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask for confirmation.")
    boolean yes;

    public boolean yes() {
        return yes;
    }
}
