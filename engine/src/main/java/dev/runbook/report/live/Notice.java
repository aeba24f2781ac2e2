package dev.runbook.report.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What is done. */
    String head() {
        return (action.filter(ActionPlace::undo).isPresent() ? "rolling back: " : "") + what;
    }

    /** How long it lasts, with a comma before it; empty in its first second. */
    String time() {
        var text = new StringBuilder();
        if (took.compareTo(Duration.ofSeconds(1)) >= 0) {
            text.append(", ").append(Amounts.of(took));
            deadline.ifPresent(most -> text.append(" of at most ").append(Amounts.of(most)));
        }
        if (nearsDeadline && deadline.isPresent()) {
            text.append(failing(deadline.get()));
        }
        return text.toString();
    }

    private String failing(Duration most) {
        var left = most.minus(took);
        // A node never cuts a wait short, and its answer takes its time.
        return left.compareTo(Duration.ofMillis(500)) < 0 ? ", is about to fail" : ", fails in " + Amounts.of(left);
    }

    /** The same where there is little room. */
    String shortTime() {
        if (nearsDeadline && deadline.isPresent()) {
            return failing(deadline.get());
        }
        return took.compareTo(Duration.ofSeconds(1)) < 0 ? "" : ", " + Amounts.of(took);
    }

    /** What is seen of it, with a colon before it. */
    String tail() {
        var parts = Stream.concat(moved.map(Moved::text).stream(), seen.stream());
        var text = parts.collect(Collectors.joining("; "));
        return text.isEmpty() ? "" : ": " + text;
    }

    /** For the log: indented as the other lines of a step. */
    public String line() {
        return "        " + host.map(name -> name + ": ").orElse("") + head() + time() + tail();
    }
}
