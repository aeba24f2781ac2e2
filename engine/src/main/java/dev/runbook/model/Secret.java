package dev.runbook.model;

/**
 * A text that must reach no argv, log, journal, plan or exception. Only {@link #reveal} gives it, at the last moment.
 */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "********";
    }
}
