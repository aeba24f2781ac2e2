package dev.runbook.node;

/** Whether the lock is ours. */
public sealed interface ClaimResult {
    /** It is. */
    record Granted() implements ClaimResult {}

    /** Another run has it, or a newer controller of this one. */
    record HeldBy(Claim holder) implements ClaimResult {}
}
