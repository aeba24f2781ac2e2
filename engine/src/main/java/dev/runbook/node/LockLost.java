package dev.runbook.node;

/** The node answers, and its lock is not this controller's any more: another one has it, or none. */
public final class LockLost extends NodeUnreachable {
    public LockLost(String summary, String next) {
        super(summary, next);
    }
}
