package dev.runbook.node.sim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The clock of simulated nodes. It advances only by what actions on nodes are said to take: no thread sleeps. Hosts that do
 * one step do it beside one another, so a step takes as long as its slowest host, and what is noted while a host works is noted
 * at that host's own time.
 */
public final class SimTime extends Clock {
    private final Instant begin;
    private final ZoneId zone;
    private final Map<String, Duration> batches;
    private final Map<String, Duration> settles;
    /** Of the host that works in a thread. */
    private final Map<Thread, Duration> own;

    private Duration latest = Duration.ZERO;

    /** Stands at an instant. */
    public SimTime(Instant begin) {
        this.begin = begin;
        this.zone = ZoneOffset.UTC;
        this.batches = new HashMap<>();
        this.settles = new HashMap<>();
        this.own = new HashMap<>();
    }

    /** When a batch begins: batches of one step have one number, and begin together whichever thread comes first. */
    synchronized Duration begins(String step) {
        var now = batches.computeIfAbsent(step, _ -> latest);
        own.put(Thread.currentThread(), now);
        return now;
    }

    /** The host that works in this thread has come so far. */
    synchronized void works(Duration now) {
        own.put(Thread.currentThread(), now);
        reaches(now);
    }

    /** No host works in this thread any more. */
    synchronized void rests() {
        own.remove(Thread.currentThread());
    }

    synchronized void reaches(Duration now) {
        if (now.compareTo(latest) > 0) {
            latest = now;
        }
    }

    /** From when on something on a host shows what was done to it. */
    synchronized void settles(String what, Duration when) {
        settles.put(what, when);
    }

    synchronized Duration settled(String what) {
        return settles.getOrDefault(what, Duration.ZERO);
    }

    @Override
    public synchronized Instant instant() {
        return begin.plus(own.getOrDefault(Thread.currentThread(), latest));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** Its time is one for all zones. */
    @Override
    public Clock withZone(ZoneId other) {
        return this;
    }
}
