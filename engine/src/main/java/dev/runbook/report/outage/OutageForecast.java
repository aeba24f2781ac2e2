package dev.runbook.report.outage;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.action.Action;
import dev.runbook.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How long the API will be away.
 *
 * @param phases in order
 * @param earlierRun the run on the same hosts whose figures these are, as far as it did the same; empty for figures of other
 *     clusters
 */
public record OutageForecast(Map<OutagePhase, Duration> phases, Optional<String> earlierRun) {
    public OutageForecast {
        phases = Collections.unmodifiableMap(new EnumMap<>(phases));
    }

    /** An earlier run on the same hosts, with its events. */
    public record EarlierRun(String run, List<RunEvent> events) {
        public EarlierRun {
            events = List.copyOf(events);
        }
    }

    /** Empty for a plan that stops no API server, or waits for none afterwards. */
    public static Optional<OutageForecast> of(Plan plan, Optional<EarlierRun> earlier) {
        return of(
                plan.steps().stream()
                        .map(step -> {
                            var actions = new HashMap<String, List<Action>>();
                            step.hosts().forEach((host, planned) -> actions.put(host, planned.actions()));
                            return new OutageStep(step.type(), actions);
                        })
                        .toList(),
                earlier);
    }

    /** The same for the plan in a journal. */
    public static Optional<OutageForecast> of(RunPlan plan) {
        return of(
                plan.steps().stream()
                        .map(step -> new OutageStep(step.type(), step.actions()))
                        .toList(),
                Optional.empty());
    }

    private static Optional<OutageForecast> of(List<OutageStep> steps, Optional<EarlierRun> earlier) {
        int first = 0;
        while (first < steps.size() && !steps.get(first).stopsApi()) {
            first++;
        }
        var within = new ArrayList<OutageStep>();
        var asked = new HashSet<String>();
        int needed = 0;
        for (var step : steps.subList(first, steps.size())) {
            within.add(step);
            // The outage ends with the step in which the last API server is asked for the first time.
            if (asked.addAll(OutagePhase.asking(step.actions()))) {
                needed = within.size();
            }
        }
        if (needed < 2) {
            return Optional.empty();
        }
        within.subList(needed, within.size()).clear();
        var phases = new EnumMap<OutagePhase, Duration>(OutagePhase.class);
        within.forEach(step -> phases.merge(step.phase(), StepEstimate.of(step), Duration::plus));
        var measured = earlier.map(run -> measured(run, within)).orElse(Map.of());
        phases.putAll(measured);
        return Optional.of(
                new OutageForecast(phases, measured.isEmpty() ? Optional.empty() : earlier.map(EarlierRun::run)));
    }

    /** The phases in which the earlier run did the same. */
    private static Map<OutagePhase, Duration> measured(EarlierRun earlier, List<OutageStep> steps) {
        var outage = new Outage();
        earlier.events().forEach(outage::accept);
        var then = work(outage.steps());
        var now = work(steps);
        return outage.phases().entrySet().stream()
                .filter(phase -> then.getOrDefault(phase.getKey(), Set.of()).equals(now.get(phase.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<OutagePhase, Set<String>> work(Collection<OutageStep> steps) {
        var work = new EnumMap<OutagePhase, Set<String>>(OutagePhase.class);
        steps.forEach(
                step -> work.computeIfAbsent(step.phase(), _ -> new TreeSet<>()).addAll(step.work()));
        return work;
    }

    /** All phases together. */
    public Duration length() {
        return phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
