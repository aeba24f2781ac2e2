package dev.runbook.report.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/** What one host does, or what all of them are waited for; until it does the next thing. */
final class HostNow {
    private static final Duration RATE_WINDOW = Duration.ofSeconds(5);
    private static final Duration RATE_STEP = Duration.ofMillis(200);

    /** A log is asked only now and then, so it says what is due a little before its time. */
    private static final Duration EARLY = Duration.ofMillis(150);

    private final Optional<String> host;
    private final Optional<Notice.ActionPlace> action;
    private String what;
    private final Optional<Duration> deadline;
    private final Instant since;

    private Optional<String> seen = Optional.empty();
    private long bytes;
    private OptionalLong total = OptionalLong.empty();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Instant nextSaying;
    private boolean warned;
    private boolean transfer;

    /** How much had been moved at a time. */
    private record Sample(Instant at, long bytes) {}

    HostNow(
            Optional<String> host,
            Optional<Notice.ActionPlace> action,
            String what,
            Optional<Duration> deadline,
            Instant since) {
        this.host = host;
        this.action = action;
        this.what = what;
        this.deadline = deadline;
        this.since = since;
        this.nextSaying = since.plus(LiveRun.PERIOD);
    }

    /** Its bytes count. */
    HostNow transfer() {
        transfer = true;
        return this;
    }

    boolean isTransfer() {
        return transfer;
    }

    /** The same work, in other words. */
    void rename(String words) {
        what = words;
    }

    void sees(String found) {
        seen = Optional.of(found).filter(text -> !text.isEmpty());
    }

    void moves(long count, OptionalLong whole, Instant now) {
        bytes = count;
        total = whole;
        if (samples.isEmpty() || Duration.between(samples.getLast().at(), now).compareTo(RATE_STEP) >= 0) {
            samples.add(new Sample(now, count));
        }
    }

    Duration took(Instant now) {
        return Duration.between(since, now);
    }

    /** Three quarters of the deadline have passed. */
    boolean nearsDeadline(Instant now) {
        return deadline.filter(most -> took(now).multipliedBy(4).compareTo(most.multipliedBy(3)) >= 0)
                .isPresent();
    }

    /** Whether the log is due to say it again. */
    boolean isDue(Instant now) {
        return !now.isBefore(nextSaying.minus(EARLY));
    }

    /** Whether the warning of the deadline is due; it comes once. */
    boolean isWarningDue(Instant now) {
        return !warned && nearsDeadline(now);
    }

    Notice said(Instant now, Optional<Duration> away) {
        if (isDue(now)) {
            nextSaying = nextSaying.plus(LiveRun.PERIOD);
            // After a stop of this process it is said once, not once for each time that was missed.
            nextSaying = isDue(now) ? now.plus(LiveRun.PERIOD) : nextSaying;
        }
        warned |= nearsDeadline(now);
        return notice(now, away);
    }

    Notice notice(Instant now, Optional<Duration> away) {
        return new Notice(now, host, action, what, took(now), deadline, nearsDeadline(now), seen, moved(now), away);
    }

    private Optional<Notice.Moved> moved(Instant now) {
        return samples.isEmpty() ? Optional.empty() : Optional.of(new Notice.Moved(bytes, total, rate(now)));
    }

    /** One that stalls becomes slower and slower. */
    private OptionalLong rate(Instant now) {
        while (samples.size() > 1
                && Duration.between(samples.getFirst().at(), now).compareTo(RATE_WINDOW) > 0) {
            samples.removeFirst();
        }
        var first = samples.getFirst();
        long milliseconds = Duration.between(first.at(), now).toMillis();
        return milliseconds < 500
                ? OptionalLong.empty()
                : OptionalLong.of((bytes - first.bytes()) * 1000 / milliseconds);
    }
}
