package dev.runbook.etcd.config;

/** A configuration that cannot be read, or cannot be changed safely. The message is one line for the operator. */
public final class ConfigProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigProblem(String message) {
        super(message);
    }
}
