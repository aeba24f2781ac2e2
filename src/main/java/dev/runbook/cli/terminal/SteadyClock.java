package dev.runbook.cli.terminal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The time of another clock at the begin, and from then on as it passes: it never jumps. */
public final class SteadyClock extends Clock {
    private final Clock other;
    private final Instant begin;
    private final long origin = System.nanoTime();

    /** Begins now. */
    public SteadyClock(Clock other) {
        this.other = other;
        this.begin = other.instant();
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(System.nanoTime() - origin);
    }

    @Override
    public ZoneId getZone() {
        return other.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(other.withZone(zone));
    }
}
