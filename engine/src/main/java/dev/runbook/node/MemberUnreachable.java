package dev.runbook.node;

import dev.runbook.facts.Silence;

/** A member did not answer, or answered with an error; the message says which, in one line. */
public final class MemberUnreachable extends Exception {
    private final Silence silence;

    public MemberUnreachable(String summary, Silence silence) {
        super(summary);
        this.silence = silence;
    }

    /** The kind follows from the words. */
    public MemberUnreachable(String summary) {
        this(summary, Silence.told(summary));
    }

    /** The kind of reason. */
    public Silence silence() {
        return silence;
    }
}
