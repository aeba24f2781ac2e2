package dev.runbook.report.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All hosts are asked something at once, before a run: which of them are waited for. */
public final class HostsWait implements Live {
    private final Clock clock;
    private final Set<String> open;
    private final HostNow work;

    /** Begins to wait for all of them. */
    public HostsWait(Clock clock, Collection<String> hosts) {
        this.clock = clock;
        this.open = new LinkedHashSet<>(hosts);
        this.work = new HostNow(Optional.empty(), Optional.empty(), "", Optional.empty(), clock.instant());
    }

    /** The host has answered, or is given up. */
    public synchronized void finished(String host) {
        open.remove(host);
    }

    private Instant look() {
        work.rename(
                open.isEmpty()
                        ? "comparing what the hosts say"
                        : "waiting for " + String.join(", ", open) + " to answer and to show their state");
        return clock.instant();
    }

    @Override
    public synchronized List<LiveRow> block(int most) {
        var now = look();
        return work.took(now).compareTo(LiveRun.SHORT) < 0
                ? List.of()
                : List.of(LiveRow.of("", work.notice(now, Optional.empty())));
    }

    @Override
    public synchronized List<Notice> due() {
        var now = look();
        return work.isDue(now) ? List.of(work.said(now, Optional.<Duration>empty())) : List.of();
    }

    /** It has no deadline: each host has its own. */
    @Override
    public List<Notice> warnings() {
        return List.of();
    }
}
