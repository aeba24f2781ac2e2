package dev.runbook.cli.terminal;

/** What the process ends with; documented in docs/operations.md. */
public enum ExitCode {
    /** Done, or nothing to change. */
    DONE(0),
    /** Failed, and back as it was. */
    ROLLED_BACK(1),
    /** The input is wrong; nothing was touched. */
    BAD_INPUT(2),
    /** A person is needed. */
    STUCK(3),
    /** Interrupted; the run can be taken back. */
    INTERRUPTED(4),
    /** Hosts unreachable or preflight failed; nothing was changed. */
    PREFLIGHT(5),
    /** {@code plan --detailed-exitcode}: there is something to change. */
    CHANGES(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
