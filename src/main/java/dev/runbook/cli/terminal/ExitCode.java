package dev.runbook.cli.terminal;

/** The exit code of the process; documented in docs/operations.md. */
public enum ExitCode {
    /** Done, or nothing to change. */
    DONE(0),
    /** Failed and rolled back. */
    ROLLED_BACK(1),
    /** The input is invalid; nothing was changed. */
    BAD_INPUT(2),
    /** Manual intervention required, or a decision of the operator. */
    STUCK(3),
    /** Interrupted; the run can be resumed or rolled back. */
    INTERRUPTED(4),
    /** Hosts unreachable or pre-flight checks failed; nothing was changed. */
    PREFLIGHT(5),
    /** {@code plan --detailed-exitcode}: changes are pending. */
    CHANGES(6),
    /** An internal error before anything was touched (sysexits.h: EX_SOFTWARE). */
    INTERNAL(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
