package dev.runbook.journal;

/** Where events go. When {@link #append} returns, the event survives a crash. */
@FunctionalInterface
public interface Journal {
    /**
     * Makes an event durable.
     *
     * @throws java.io.UncheckedIOException when it could not; nothing may be done then
     */
    void append(RunEvent event);
}
