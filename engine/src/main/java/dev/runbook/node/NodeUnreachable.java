package dev.runbook.node;

/** A node cannot be reached. The message is one line: what failed; {@link #next} says what to do. */
public final class NodeUnreachable extends Exception {
    private final String next;

    public NodeUnreachable(String summary, String next) {
        super(summary);
        this.next = next;
    }

    /** What the operator can do about it. */
    public String next() {
        return next;
    }
}
