package dev.runbook.step;

/** What a step type may know while it plans: this host, the others, the run, and the state that earlier steps leave. */
public interface StepContext {
    /** The host that is planned for. */
    String host();
}
