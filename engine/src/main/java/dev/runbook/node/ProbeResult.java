package dev.runbook.node;

import java.util.Optional;

/** What a probe found. */
public sealed interface ProbeResult {
    /**
     * It is so.
     *
     * @param reservation a part that could not be told now, in one line; empty nearly always
     */
    record Holds(Optional<String> reservation) implements ProbeResult {
        public Holds() {
            this(Optional.empty());
        }
    }

    /**
     * It is not so.
     *
     * @param found what was there instead, in one line, for the message when the deadline passes
     */
    record DoesNotHold(String found) implements ProbeResult {}
}
