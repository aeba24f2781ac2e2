package dev.runbook.report.line;

import dev.runbook.model.action.Direction;
import dev.runbook.step.Doc;
import java.util.List;

/** The line that shows a plan, and the actions that lines of a run share with it. */
public sealed interface PlanLine extends Line {
    @Doc("Everything that a run would do.")
    record Plan(
            @Doc("The run's id.") String run,
            String runbook,
            @Doc("In the order of the inventory.") List<String> hosts,

            @Doc("Whether the run would change any host.") boolean changes,

            List<PlannedStep> steps)
            implements PlanLine {}

    @Doc("One step; all hosts finish it before any host begins the next.")
    record PlannedStep(
            @Doc("From 1.") int number,
            String name,
            @Doc("Such as stop-etcd.") String stepType,

            @Doc("After this step the run only continues forward.")
            boolean commits,

            List<HostPlan> hosts) {}

    @Doc("What a step does on one host.")
    record HostPlan(String host, List<Action> actions, List<String> notes, List<Diff> diffs) {}

    @Doc("One action on one host.")
    record Action(
            @Doc("Such as MovePath.") String kind,
            @Doc("What it does, in one line.") String text,

            @Doc("Whether it changes the host.") boolean changes,

            @Doc("Direction of the run in which it is performed.")
            Direction direction,

            @Doc("The whole command, of an action that runs one.")
            List<String> command) {}

    @Doc("How a file changes; values that look like secrets are masked.")
    record Diff(
            String path, @Doc("Lines of a unified diff.") List<String> lines) {}
}
