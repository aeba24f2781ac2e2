package dev.runbook.steps.restartkubelet;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.steps.shared.ControlPlaneComponent;
import java.time.Duration;
import java.util.List;

/** Restarts the kubelet, which holds stale state of the cluster as it was before a restore. */
public final class RestartKubelet implements StepType<RestartKubelet.Parameters> {
    /** No fields. */
    public record Parameters() {}

    @Override
    public String name() {
        return "restart-kubelet";
    }

    @Override
    public String summary() {
        return "Restarts the kubelet, so that it forgets what the control plane knew before the restore.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        if (!context.facts().units().containsKey(ControlPlaneComponent.KUBELET_UNIT)) {
            return StepPlan.Planned.nothing("no kubelet on this host");
        }
        return StepPlan.Planned.of(List.of(
                new ServiceAction.RestartUnit(ControlPlaneComponent.KUBELET_UNIT),
                new Await(
                        new Probe.UnitActive(ControlPlaneComponent.KUBELET_UNIT),
                        context.timeoutOr(Duration.ofMinutes(1)),
                        Direction.FORWARD)));
    }
}
