package dev.runbook.cli.terminal;

/** A command line that cannot be executed; the message is one line for the operator. */
public final class UsageError extends Exception {
    public UsageError(String message) {
        super(message);
    }
}
