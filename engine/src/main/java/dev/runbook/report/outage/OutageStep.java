package dev.runbook.report.outage;

import dev.runbook.model.action.Action;
import dev.runbook.model.action.ContainerAction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A step of a plan or of a run, as far as an outage is concerned. */
record OutageStep(String type, Map<String, List<Action>> actions) {
    OutageStep {
        actions = Map.copyOf(actions);
    }

    OutagePhase phase() {
        return OutagePhase.of(type, actions);
    }

    boolean stopsApi() {
        return type.equals("stop-apiserver") && actions.values().stream().anyMatch(ofHost -> !ofHost.isEmpty());
    }

    /** What it does, so that two steps with the same take about the same time: the same kinds of actions, the same graces. */
    Set<String> work() {
        var work = new TreeSet<String>();
        actions.values().stream()
                .flatMap(List::stream)
                .filter(action -> action.direction().forward() && action.worksOutside())
                .forEach(action ->
                        work.add(action instanceof ContainerAction ? action.describe() : type + " " + action.kind()));
        return work;
    }
}
