package dev.runbook.model;

/** How much a {@link Problem} weighs: an error stops the run, a warning is shown and the run continues. */
public enum Severity {
    ERROR,
    WARNING;

    /** As every report writes it. */
    public String word() {
        return switch (this) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }
}
