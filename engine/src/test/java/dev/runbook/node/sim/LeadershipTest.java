package dev.runbook.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.node.sim.member.Leadership;
import dev.runbook.node.sim.member.SimDelays;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stopping members wait for, whichever of them is asked first. */
class LeadershipTest {
    private static final SimDelays DELAYS = SimDelays.MEASURED;
    private static final Duration NOW = Duration.ofSeconds(100);

    private final Leadership leadership = new Leadership();
    private final Map<String, String> running = new HashMap<>(Map.of("h1", "a@c", "h2", "b@c", "h3", "d@c"));

    private Leadership.Stopping stop(String host, Duration from) {
        var member = running.remove(host);
        return leadership.stops(host, String.valueOf(member), from, running, 3);
    }

    @Test
    void aLeaderThatStopsLastWaitsForNone() {
        leadership.leads("c", "a");
        var at = NOW;
        for (var host : List.of("h2", "h3", "h1")) {
            var stop = stop(host, at);
            assertThat(stop.takes()).as(host).isEqualTo(DELAYS.memberStops());
            at = at.plus(stop.takes());
        }
    }

    @Test
    void aLeaderInTheMiddleHandsOver() {
        leadership.leads("c", "b");
        assertThat(stop("h1", NOW).takes()).isEqualTo(DELAYS.memberStops());
        var later = NOW.plusSeconds(1);
        assertThat(stop("h2", later).takes()).isEqualTo(DELAYS.handOver());
        assertThat(leadership.of("c", List.of("d"))).contains("d");
        assertThat(stop("h3", later.plus(DELAYS.handOver())).takes()).isEqualTo(DELAYS.memberStops());
    }

    /** Threads come in any order. */
    @Test
    void aLeaderAmongOthersThatStopAtTheSameMomentWaitsInVain() {
        leadership.leads("c", "a");
        assertThat(stop("h1", NOW).takes()).isEqualTo(DELAYS.handOver());
        assertThat(stop("h2", NOW).prolonged()).containsEntry("h1", NOW.plus(DELAYS.handOverWaits()));
    }

    @Test
    void aLeaderThatComesAfterThemWaitsInVainToo() {
        leadership.leads("c", "a");
        stop("h2", NOW);
        stop("h3", NOW);
        assertThat(stop("h1", NOW).takes()).isEqualTo(DELAYS.handOverWaits());
    }
}
