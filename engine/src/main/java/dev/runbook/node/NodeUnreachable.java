package dev.runbook.node;

/** A node cannot be reached. The message is one line: what failed; {@link #next} says what to do. */
public sealed class NodeUnreachable extends Exception permits LockLost {
    private final String next;

    public NodeUnreachable(String summary, String next) {
        super(summary);
        this.next = next;
    }

    /** The message with the host's name before it, once. */
    public String on(String host) {
        var message = String.valueOf(getMessage());
        return message.startsWith(host + " ") || message.startsWith(host + ":") ? message : host + ": " + message;
    }

    /** The message where the host is named already. */
    public String without(String host) {
        var message = String.valueOf(getMessage());
        return message.startsWith(host + ": ") ? message.substring(host.length() + 2) : message;
    }

    /** What the operator can do about it. */
    public String next() {
        return next;
    }
}
