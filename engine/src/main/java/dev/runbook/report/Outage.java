package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Time without an API: from the step that stops the first API server until the last one was ready. */
final class Outage {
    private final Map<Integer, Map<String, List<Action>>> intended = new HashMap<>();
    private Optional<Edge> stopped = Optional.empty();
    private Optional<Edge> ready = Optional.empty();

    /** Begin or end of the outage, and the step of it. */
    private record Edge(int step, Instant at) {}

    void accept(RunEvent event) {
        switch (event) {
            case RunEvent.StepIntended step -> {
                intended.put(step.step(), step.actions());
                boolean acts = step.actions().values().stream().anyMatch(actions -> !actions.isEmpty());
                if (step.type().equals("stop-apiserver") && acts && stopped.isEmpty()) {
                    stopped = Optional.of(new Edge(step.step(), step.at()));
                }
            }
            case RunEvent.ActionEnded ended -> {
                var actions = intended.getOrDefault(ended.step(), Map.of()).getOrDefault(ended.host(), List.of());
                if (ended.index() < actions.size()
                        && actions.get(ended.index()) instanceof Await await
                        && await.probe() instanceof Probe.HttpsOk
                        && ended.result().succeeded()) {
                    ready = Optional.of(new Edge(ended.step(), ended.at()));
                }
            }
            case RunEvent.RunBegan _,
                    RunEvent.RunPlanned _,
                    RunEvent.StepResumed _,
                    RunEvent.InDoubtResolved _,
                    RunEvent.StepEnded _,
                    RunEvent.CommitBegan _,
                    RunEvent.Committed _,
                    RunEvent.RollbackBegan _,
                    RunEvent.StepUndoBegan _,
                    RunEvent.UndoEnded _,
                    RunEvent.RunEnded _ -> {}
        }
    }

    /** Whether a step is part of the outage. */
    boolean includes(int step) {
        return length().isPresent()
                && stopped.orElseThrow().step() <= step
                && step <= ready.orElseThrow().step();
    }

    /** Empty when no API server was stopped, or none was ready afterwards. */
    Optional<Duration> length() {
        return stopped.flatMap(begin ->
                ready.filter(end -> end.step() > begin.step()).map(end -> Duration.between(begin.at(), end.at())));
    }
}
