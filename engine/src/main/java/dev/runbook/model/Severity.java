package dev.runbook.model;

/** How much a {@link Problem} weighs: an error stops the run, a warning is shown and the run goes on. */
public enum Severity {
    ERROR,
    WARNING
}
