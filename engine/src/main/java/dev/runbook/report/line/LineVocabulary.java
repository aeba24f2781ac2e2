package dev.runbook.report.line;

/** Enumerated values of components; JSON has them in kebab case. */
public final class LineVocabulary {
    private LineVocabulary() {}

    /** Location of a problem. */
    public enum PlaceKind {
        TEXT,
        HOST,
        COMMAND_LINE
    }

    /** Result of an action. */
    public enum Result {
        DONE,
        ALREADY_DONE,
        REFUSED,
        BARRED,
        FAILED,
        IN_DOUBT,
        NOT_BEGUN
    }

    /** Why a run is rolled back or stopped. */
    public enum CauseKind {
        ACTION_FAILED,
        HOST_LOST,
        REQUESTED
    }

    /** How a run ended, or that it has not ended. */
    public enum RunStatus {
        SUCCEEDED,
        ROLLED_BACK,
        STUCK,
        INTERRUPTED,
        TAKEN_OVER,
        UNDECIDED,
        NOT_BEGUN,
        UNFINISHED
    }

    /** Whether the trailing hash of a snapshot file matches. */
    public enum Trailer {
        VERIFIED,
        NONE,
        MISMATCH,
        /** The file was not hashed. */
        NOT_CHECKED
    }

    /** Effect of a restore on an object. */
    public enum Effect {
        DELETED,
        RESTORED,
        REVERTED
    }

    /** Content of a file that was written. */
    public enum Content {
        FACTS,
        PLAN,
        JUNIT,
        SARIF,
        SUMMARY
    }
}
