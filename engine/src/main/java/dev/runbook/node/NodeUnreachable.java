package dev.runbook.node;

/** A node cannot be talked to. The message is one line for a person: what failed, and what to do next. */
public final class NodeUnreachable extends Exception {
    private final String next;

    public NodeUnreachable(String summary, String next) {
        super(summary);
        this.next = next;
    }

    /** What a person can do about it. */
    public String next() {
        return next;
    }
}
