package dev.runbook.node;

/** What a probe found. */
public sealed interface ProbeResult {
    /** It is so. */
    record Holds() implements ProbeResult {}

    /**
     * It is not so.
     *
     * @param found what was there instead, in one line, for the message when the deadline passes
     */
    record DoesNotHold(String found) implements ProbeResult {}
}
