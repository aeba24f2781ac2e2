package dev.runbook.report.outage;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.action.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Time without an API: from the moment when the first API server is told to stop until the last one is ready for the first time. */
public final class Outage {
    private final TreeMap<Integer, RunEvent.StepIntended> intended = new TreeMap<>();
    private Optional<RunEvent.StepIntended> stopping = Optional.empty();
    private Optional<Edge> stopped = Optional.empty();
    private Optional<Edge> ready = Optional.empty();
    /** Hosts whose API servers the plan asks, and those that were ready since the stop. */
    private Set<String> asked = Set.of();

    private final Set<String> answered = new HashSet<>();
    private boolean undone;
    private boolean ended;

    /** Begin or end of the outage, and the step of it. */
    private record Edge(int step, Instant at) {}

    public void accept(RunEvent event) {
        switch (event) {
            case RunEvent.StepIntended step -> {
                intended.put(step.step(), step);
                boolean acts = step.actions().values().stream().anyMatch(actions -> !actions.isEmpty());
                if (step.type().equals("stop-apiserver") && acts && stopping.isEmpty()) {
                    stopping = Optional.of(step);
                    if (step.actions().values().stream().anyMatch(actions -> ApiStop.isNext(actions, -1))) {
                        began(step.at());
                    }
                }
            }
            case RunEvent.ActionEnded ended -> {
                if (ApiStop.isNext(stoppingOn(ended.step(), ended.host()), ended.index())) {
                    began(ended.at());
                }
                var actions = actionsOf(ended.step()).getOrDefault(ended.host(), List.of());
                if (ended.index() < actions.size()
                        && OutagePhase.asksApi(actions.get(ended.index()))
                        && ended.result().succeeded()
                        && stopped.isPresent()
                        && answered.add(ended.host())) {
                    ready = Optional.of(new Edge(ended.step(), ended.at()));
                }
            }
            case RunEvent.RunPlanned planned ->
                asked = planned.plan().steps().stream()
                        .flatMap(step -> OutagePhase.asking(step.actions()).stream())
                        .collect(Collectors.toSet());
            case RunEvent.StepEnded step ->
                stopping.filter(begin -> begin.step() == step.step()).ifPresent(begin -> began(begin.at()));
            // What lies before the stop is undone once the API servers are back.
            case RunEvent.StepUndoBegan undo ->
                undone |= stopped.filter(begin -> undo.step() < begin.step()).isPresent();
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

    private void began(Instant at) {
        if (stopped.isEmpty()) {
            stopped = stopping.map(step -> new Edge(step.step(), at));
        }
    }

    private List<Action> stoppingOn(int step, String host) {
        return stopping.filter(begin -> begin.step() == step)
                .map(RunEvent.StepIntended::actions)
                .map(actions -> actions.get(host))
                .orElse(List.of());
    }

    /** Since when the API is away; empty before, and once every API server that the plan asks is ready. */
    public Optional<Instant> awaySince() {
        return stopped.filter(_ -> !over() && !ended).map(Edge::at);
    }

    private boolean over() {
        return undone || (!asked.isEmpty() && answered.containsAll(asked));
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

    /**
     * The length by phase, in order: each step lasts until the next one begins, the first one from when it takes an API server
     * away. Empty when there was no outage, or no end of it.
     */
    public Map<OutagePhase, Duration> phases() {
        var phases = new EnumMap<OutagePhase, Duration>(OutagePhase.class);
        if (length().isEmpty()) {
            return phases;
        }
        var begin = stopped.orElseThrow();
        var end = ready.orElseThrow();
        intended.subMap(begin.step(), true, end.step(), true).forEach((number, step) -> {
            var next = Optional.ofNullable(intended.higherEntry(number))
                    .map(Map.Entry::getValue)
                    .filter(later -> later.step() <= end.step())
                    .map(RunEvent.StepIntended::at)
                    .orElse(end.at());
            var since = step.step() == begin.step() ? begin.at() : step.at();
            phases.merge(OutagePhase.of(step.type(), step.actions()), Duration.between(since, next), Duration::plus);
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
