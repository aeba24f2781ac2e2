package dev.runbook.cli.options;

import picocli.CommandLine.Option;

/** Whether a run may leave out what it can do without. */
public final class CompletenessOptions {
    @Option(
            names = "--strict",
            description =
                    "Refuse a run that has to leave out a host or a member, though it could do without, as a backup"
                            + " can.")
    boolean strict;

    public boolean strict() {
        return strict;
    }
}
