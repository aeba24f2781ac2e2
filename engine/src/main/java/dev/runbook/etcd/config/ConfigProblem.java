package dev.runbook.etcd.config;

import java.util.Optional;

/** A configuration that cannot be read, or cannot be changed safely. The message is one line for the operator. */
public final class ConfigProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final String next;

    public ConfigProblem(String message) {
        this(message, "");
    }

    /** With the next step, where there is a better one than an edit by hand. */
    public ConfigProblem(String message, String next) {
        super(message);
        this.next = next;
    }

    /** What to do; empty where only the operator can tell. */
    public Optional<String> next() {
        return next.isEmpty() ? Optional.empty() : Optional.of(next);
    }
}
