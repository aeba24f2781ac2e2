package dev.runbook.report.line;

/** Words that a component can hold; in JSON they are in kebab case. */
public final class LineVocabulary {
    private LineVocabulary() {}

    /** Where a problem stands. */
    public enum Where {
        TEXT,
        HOST,
        CALL
    }

    /** What became of an action. */
    public enum Result {
        DONE,
        ALREADY_DONE,
        REFUSED,
        BARRED,
        FAILED,
        IN_DOUBT,
        NOT_BEGUN
    }

    /** Why a run turned round. */
    public enum Why {
        ACTION_FAILED,
        HOST_LOST,
        ASKED
    }

    /** How a run ended, or that it did not. */
    public enum Ended {
        SUCCEEDED,
        ROLLED_BACK,
        STUCK,
        INTERRUPTED,
        UNDECIDED,
        NOT_BEGUN,
        UNFINISHED
    }

    /** Whether a snapshot file is as it was saved. */
    public enum Trailer {
        VERIFIED,
        NONE,
        MISMATCH,
        /** The file was not read for it. */
        NOT_CHECKED
    }

    /** What a restore would do to an object. */
    public enum Effect {
        DELETED,
        BROUGHT_BACK,
        TURNED_BACK
    }

    /** What a file that was written holds. */
    public enum Content {
        FACTS,
        PLAN,
        JUNIT,
        SARIF,
        SUMMARY
    }
}
