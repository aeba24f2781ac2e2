package dev.runbook.report.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.ServiceAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From when on the API counts as away. */
class OutageTest {
    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
    private static final String KUBELET = "kubelet.service";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Action CHECK = new Await(new Probe.CanStart(List.of()), LIMIT, Direction.FORWARD);
    private static final Action UNDONE =
            new Await(new Probe.ContainerRunning("kube-apiserver"), LIMIT, Direction.BACKWARD);
    private static final Action MOVE = new FileAction.MovePath("/live.yaml", "/parked.yaml");
    private static final Action STOP = new ContainerAction.StopContainers(
            KUBELET, List.of("kube-apiserver"), Duration.ofSeconds(2), Direction.FORWARD);

    @Test
    void theRuntimeTakesTheApiServerAway() {
        var outage = stopping(CHECK, UNDONE, new ServiceAction.StopUnit(KUBELET), MOVE, STOP);
        ended(outage, 1, 1);
        ended(outage, 2, 0);
        ended(outage, 3, 2);
        assertThat(outage.awaySince()).isEmpty();
        ended(outage, 4, 3);
        ended(outage, 7, 4);
        assertThat(outage.awaySince()).isEqualTo(second(4));
    }

    @Test
    void aKubeletThatStaysTakesItAwayWithTheManifest() {
        var outage = stopping(CHECK, UNDONE, MOVE);
        ended(outage, 1, 1);
        assertThat(outage.awaySince()).isEmpty();
        ended(outage, 2, 0);
        assertThat(outage.awaySince()).isEqualTo(second(2));
    }

    @Test
    void aUnitIsAwayWhenItIsToldToStop() {
        assertThat(stopping(new ServiceAction.StopUnit("kube-apiserver.service"))
                        .awaySince())
                .isEqualTo(second(0));
    }

    @Test
    void anUnknownWayCountsFromTheBeginOfTheStep() {
        var outage = stopping(CHECK);
        ended(outage, 1, 0);
        assertThat(outage.awaySince()).isEmpty();
        outage.accept(new RunEvent.StepEnded(BEGIN.plusSeconds(2), 3));
        assertThat(outage.awaySince()).isEqualTo(second(0));
    }

    private static Outage stopping(Action... actions) {
        var outage = new Outage();
        outage.accept(new RunEvent.StepIntended(BEGIN, 3, "Stop", "stop-apiserver", Map.of("cp1", List.of(actions))));
        return outage;
    }

    private static void ended(Outage outage, int second, int index) {
        outage.accept(new RunEvent.ActionEnded(
                BEGIN.plusSeconds(second), 3, "cp1", index, new ActionResult.Done(Duration.ZERO)));
    }

    private static Optional<Instant> second(int second) {
        return Optional.of(BEGIN.plusSeconds(second));
    }
}
