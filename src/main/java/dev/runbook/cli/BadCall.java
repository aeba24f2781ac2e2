package dev.runbook.cli;

/** The call itself cannot be carried out; the message is one line for a person. */
final class BadCall extends Exception {
    BadCall(String message) {
        super(message);
    }
}
