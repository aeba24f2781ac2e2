package dev.runbook.cli;

/** The call itself cannot be carried out; the message is one line for a person. */
public final class BadCall extends Exception {
    public BadCall(String message) {
        super(message);
    }
}
