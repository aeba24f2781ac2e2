package dev.runbook.report.live;

import java.util.List;
import java.util.Optional;

/** What lasts, to be drawn or to be logged. Asked several times a second, from any thread. */
public interface Live {
    /**
     * Rows to be drawn at the end of a terminal; empty while nothing lasts long enough to be read.
     *
     * @param most rows
     */
    List<LiveRow> block(int most);

    /** What a log has to say now: each wait at the latest every 10 s, and once more when it nears its deadline. */
    List<Notice> due();

    /** Only the waits that have just come near their deadline; {@link #due} does not repeat them. */
    List<Notice> warnings();

    /** How long the API has been away, beside the prediction; empty while it is there. */
    default Optional<String> outage() {
        return Optional.empty();
    }
}
