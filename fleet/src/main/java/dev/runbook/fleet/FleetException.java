package dev.runbook.fleet;

/** The fleet could not be created, reached or used; the message says what to do next where that is known. */
public final class FleetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FleetException(String message) {
        super(message);
    }

    public FleetException(String message, Throwable cause) {
        super(message, cause);
    }
}
