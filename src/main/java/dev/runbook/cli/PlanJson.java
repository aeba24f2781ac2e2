package dev.runbook.cli;

import dev.runbook.journal.JournalCodec;
import dev.runbook.model.Action;
import dev.runbook.plan.Plan;
import dev.runbook.report.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as one line of JSON; hashes stand where actions carry a file's content. */
final class PlanJson {
    private PlanJson() {}

    static String of(Plan plan) {
        var steps = plan.steps().stream()
                .map(step -> {
                    var hosts = new LinkedHashMap<String, Host>();
                    step.hosts()
                            .forEach((host, planned) -> hosts.put(
                                    host,
                                    new Host(
                                            planned.actions().stream()
                                                    .map(Redaction::withoutContent)
                                                    .toList(),
                                            planned.notes())));
                    return new Step(step.index() + 1, step.name(), step.type(), step.commits(), hosts);
                })
                .toList();
        return JournalCodec.jsonOf(
                new Shown("Plan", plan.run().id(), plan.runbook(), List.copyOf(plan.hosts()), steps));
    }

    /** What of a plan is for other programs; facts stay inside. */
    record Shown(String kind, String run, String runbook, List<String> hosts, List<Step> steps) {}

    record Step(int number, String name, String type, boolean commits, Map<String, Host> hosts) {}

    record Host(List<Action> actions, List<String> notes) {}
}
