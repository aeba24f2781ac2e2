package dev.runbook.cli.terminal;

/** The call itself cannot be carried out; the message is one line for a person. */
public final class UsageError extends Exception {
    public UsageError(String message) {
        super(message);
    }
}
