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

    /** @param what in the present, such as {@code connecting to 3 hosts} */
    public HostsWait(Clock clock, String what, Collection<String> hosts) {
        this.clock = clock;
        this.open = new LinkedHashSet<>(hosts);
        this.work = new HostNow(Optional.empty(), Optional.empty(), what, Optional.empty(), clock.instant());
    }

    /** The host has answered, or is given up. */
    public synchronized void finished(String host) {
        open.remove(host);
    }

    private Instant look() {
        work.sees(open.isEmpty() ? "comparing what they say" : "waiting for " + String.join(", ", open));
        return clock.instant();
    }

    @Override
    public synchronized List<LiveRow> block(int most) {
        var now = look();
        return work.took(now).compareTo(LiveRun.SHORT) < 0
                ? List.of()
                : List.of(new LiveRow(work.notice(now, Optional.empty()).text(), LiveRow.Tone.PLAIN));
    }

    @Override
    public synchronized List<Notice> due() {
        var now = look();
        return work.isDue(now, LiveRun.PERIOD) ? List.of(work.said(now, Optional.<Duration>empty())) : List.of();
    }

    /** It has no deadline: each host has its own. */
    @Override
    public List<Notice> warnings() {
        return List.of();
    }
}
