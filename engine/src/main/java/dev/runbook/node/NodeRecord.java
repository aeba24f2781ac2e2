package dev.runbook.node;

/**
 * What a node wrote down of one action, or of the run.
 *
 * @param epoch of the controller that it worked for
 * @param number of the action; 0 for a note
 * @param text of a note
 */
public record NodeRecord(long epoch, Kind kind, long number, String text) {
    /** What it tells. */
    public enum Kind {
        /** It is about to be done, or was. */
        STARTED,
        DONE,
        /** It was so when it was started. */
        ALREADY,
        /** Nothing was touched. */
        REFUSED,
        /** Part of it may have happened. */
        FAILED,
        /** A line of the controller's, such as the commit. */
        NOTE
    }
}
