package dev.runbook.report.line;

import dev.runbook.model.action.Action;
import dev.runbook.plan.HostPlan;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import dev.runbook.report.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;

/** Maps a plan to its line. Contents of files stay out: a diff shows what changes in them. */
public final class PlanLineMapper {
    private PlanLineMapper() {}

    public static PlanLine.Plan of(Plan plan) {
        return new PlanLine.Plan(
                plan.run().id(),
                plan.runbook(),
                List.copyOf(plan.hosts()),
                plan.changes(),
                plan.steps().stream().map(PlanLineMapper::step).toList());
    }

    private static PlanLine.PlannedStep step(PlannedStep step) {
        var hosts = new ArrayList<PlanLine.HostPlan>();
        step.hosts().forEach((host, planned) -> hosts.add(host(host, planned)));
        return new PlanLine.PlannedStep(step.index() + 1, step.name(), step.type(), step.commits(), hosts);
    }

    private static PlanLine.HostPlan host(String host, HostPlan planned) {
        return new PlanLine.HostPlan(
                host,
                planned.actions().stream().map(PlanLineMapper::of).toList(),
                planned.notes(),
                planned.diffs().stream()
                        .map(diff -> new PlanLine.Diff(diff.path(), UnifiedDiff.of(diff)))
                        .toList());
    }

    static PlanLine.Action of(Action action) {
        return new PlanLine.Action(
                action.kind(), action.describe(), action.mutates(), action.direction(), action.command());
    }
}
