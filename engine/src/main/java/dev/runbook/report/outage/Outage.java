package dev.runbook.report.outage;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.action.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Time without an API: from the step that stops the first API server until the last one was ready. */
public final class Outage {
    private final TreeMap<Integer, RunEvent.StepIntended> intended = new TreeMap<>();
    private Optional<Edge> stopped = Optional.empty();
    private Optional<Edge> ready = Optional.empty();
    /** The step of the plan that asks the API servers last. */
    private Optional<Integer> lastAsking = Optional.empty();

    private boolean over;
    private boolean ended;

    /** Begin or end of the outage, and the step of it. */
    private record Edge(int step, Instant at) {}

    public void accept(RunEvent event) {
        switch (event) {
            case RunEvent.StepIntended step -> {
                intended.put(step.step(), step);
                boolean acts = step.actions().values().stream().anyMatch(actions -> !actions.isEmpty());
                if (step.type().equals("stop-apiserver") && acts && stopped.isEmpty()) {
                    stopped = Optional.of(new Edge(step.step(), step.at()));
                }
            }
            case RunEvent.ActionEnded ended -> {
                var actions = actionsOf(ended.step()).getOrDefault(ended.host(), List.of());
                if (ended.index() < actions.size()
                        && OutagePhase.asksApi(actions.get(ended.index()))
                        && ended.result().succeeded()) {
                    ready = Optional.of(new Edge(ended.step(), ended.at()));
                }
            }
            case RunEvent.RunPlanned planned ->
                lastAsking = planned.plan().steps().stream()
                        .filter(step -> OutagePhase.asksApi(step.actions()))
                        .map(RunPlan.Step::index)
                        .max(Integer::compareTo);
            case RunEvent.StepEnded step ->
                over |= stopped.isPresent()
                        && lastAsking.filter(last -> last == step.step()).isPresent();
            // What lies before the stop is undone once the API servers are back.
            case RunEvent.StepUndoBegan undo ->
                over |= stopped.filter(begin -> undo.step() < begin.step()).isPresent();
            case RunEvent.RunEnded _ -> ended = true;
            // Once more when a run is resumed.
            case RunEvent.RunBegan _ -> ended = false;
            case RunEvent.StepResumed _,
                    RunEvent.InDoubtResolved _,
                    RunEvent.CommitBegan _,
                    RunEvent.Committed _,
                    RunEvent.RollbackBegan _,
                    RunEvent.UndoEnded _ -> {}
        }
    }

    /** Since when the API is away; empty before, and once every API server that the plan asks is ready. */
    public Optional<Instant> awaySince() {
        return stopped.filter(_ -> !over && !ended).map(Edge::at);
    }

    /** Whether a step is part of the outage. */
    public boolean includes(int step) {
        return length().isPresent()
                && stopped.orElseThrow().step() <= step
                && step <= ready.orElseThrow().step();
    }

    /** Empty when no API server was stopped, or none was ready afterwards. */
    public Optional<Duration> length() {
        return stopped.flatMap(begin ->
                ready.filter(end -> end.step() > begin.step()).map(end -> Duration.between(begin.at(), end.at())));
    }

    /** The length by phase, in order: each step lasts until the next one begins. Empty when there was no outage, or no end of it. */
    public Map<OutagePhase, Duration> phases() {
        var phases = new EnumMap<OutagePhase, Duration>(OutagePhase.class);
        if (length().isEmpty()) {
            return phases;
        }
        var end = ready.orElseThrow();
        intended.subMap(stopped.orElseThrow().step(), true, end.step(), true).forEach((number, step) -> {
            var next = Optional.ofNullable(intended.higherEntry(number))
                    .map(Map.Entry::getValue)
                    .filter(later -> later.step() <= end.step())
                    .map(RunEvent.StepIntended::at)
                    .orElse(end.at());
            phases.merge(
                    OutagePhase.of(step.type(), step.actions()), Duration.between(step.at(), next), Duration::plus);
        });
        return Collections.unmodifiableMap(phases);
    }

    private Map<String, List<Action>> actionsOf(int step) {
        return Optional.ofNullable(intended.get(step))
                .map(RunEvent.StepIntended::actions)
                .orElse(Map.of());
    }

    /** The steps of the outage, as they were begun. */
    List<OutageStep> steps() {
        return intended.values().stream()
                .filter(step -> includes(step.step()))
                .map(step -> new OutageStep(step.type(), step.actions()))
                .toList();
    }
}
