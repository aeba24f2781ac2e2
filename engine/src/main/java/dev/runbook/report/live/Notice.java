package dev.runbook.report.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of the steady log: what is waited for.
 *
 * @param host empty where all hosts are waited for
 * @param action empty for what is no action of a step
 * @param what in the present, such as {@code waiting for etcd to stop}
 * @param took since it was begun
 * @param deadline after which it fails; empty where it has none
 * @param nearsDeadline whether three quarters of the deadline have passed
 * @param seen what was found last
 * @param away how long the API has been away
 */
public record Notice(
        Instant at,
        Optional<String> host,
        Optional<ActionPlace> action,
        String what,
        Duration took,
        Optional<Duration> deadline,
        boolean nearsDeadline,
        Optional<String> seen,
        Optional<Moved> moved,
        Optional<Duration> away) {
    /**
     * The action of a journal.
     *
     * @param step from 0
     * @param index from 0, of the action or of the one that is undone
     */
    public record ActionPlace(int step, int index, boolean undo) {}

    /**
     * Bytes of a transfer.
     *
     * @param bytesPerSecond over the last seconds; empty right after its begin
     */
    public record Moved(long bytes, OptionalLong total, OptionalLong bytesPerSecond) {
        String text() {
            return Amounts.bytes(bytes, total)
                    + (bytesPerSecond.isPresent() ? ", " + Amounts.bytes(bytesPerSecond.getAsLong()) + "/s" : "");
        }
    }

    /** Without the host. */
    public String text() {
        var text = new StringBuilder(action.filter(ActionPlace::undo).isPresent() ? "rolling back: " : "");
        text.append(what);
        if (took.compareTo(Duration.ofSeconds(1)) >= 0) {
            text.append(", ").append(Amounts.of(took));
            deadline.ifPresent(most -> text.append(" of at most ").append(Amounts.of(most)));
        }
        if (nearsDeadline && deadline.isPresent()) {
            text.append(", fails in ").append(Amounts.of(deadline.get().minus(took)));
        }
        moved.ifPresent(bytes -> text.append(": ").append(bytes.text()));
        seen.ifPresent(found -> text.append(moved.isPresent() ? "; " : ": ").append(found));
        return text.toString();
    }

    /** For the log: indented as the other lines of a step. */
    public String line() {
        return "        " + host.map(name -> name + ": ").orElse("") + text();
    }
}
