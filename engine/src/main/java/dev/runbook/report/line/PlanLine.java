package dev.runbook.report.line;

import dev.runbook.model.action.Action;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.plan.HostPlan;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import dev.runbook.report.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;

/** A plan as one line. Contents of files stay out: a diff tells what changes in them. */
public final class PlanLine {
    private PlanLine() {}

    public static Line.Plan of(Plan plan) {
        return new Line.Plan(
                plan.run().id(),
                plan.runbook(),
                List.copyOf(plan.hosts()),
                plan.changes(),
                plan.steps().stream().map(PlanLine::step).toList());
    }

    private static Line.PlannedStep step(PlannedStep step) {
        var hosts = new ArrayList<Line.HostPlan>();
        step.hosts().forEach((host, planned) -> hosts.add(host(host, planned)));
        return new Line.PlannedStep(step.index() + 1, step.name(), step.type(), step.commits(), hosts);
    }

    private static Line.HostPlan host(String host, HostPlan planned) {
        return new Line.HostPlan(
                host,
                planned.actions().stream().map(PlanLine::of).toList(),
                planned.notes(),
                planned.diffs().stream()
                        .map(diff -> new Line.Diff(diff.path(), UnifiedDiff.of(diff)))
                        .toList());
    }

    static Line.Action of(Action action) {
        return new Line.Action(
                action.getClass().getSimpleName(),
                action.describe(),
                action.mutates(),
                action.direction(),
                command(action));
    }

    private static List<String> command(Action action) {
        return switch (action) {
            case EtcdDataAction.RestoreData restore -> {
                var command = new ArrayList<>(restore.tool().shown());
                command.addAll(restore.arguments(restore.dataDir()));
                yield command;
            }
            case RunProgram program -> program.argv();
            case Action _ -> List.of();
        };
    }
}
