package dev.runbook.node;

/** A member did not answer, or answered with an error; the message says which, in one line. */
public final class MemberUnreachable extends Exception {
    public MemberUnreachable(String summary) {
        super(summary);
    }
}
