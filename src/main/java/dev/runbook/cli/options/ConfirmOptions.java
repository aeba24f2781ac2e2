package dev.runbook.cli.options;

import picocli.CommandLine.Option;

/** Whether the operator is asked before a command changes hosts. */
public final class ConfirmOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask for confirmation.")
    boolean yes;

    public boolean yes() {
        return yes;
    }
}
