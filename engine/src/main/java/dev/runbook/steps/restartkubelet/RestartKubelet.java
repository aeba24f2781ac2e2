package dev.runbook.steps.restartkubelet;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.steps.shared.ControlPlaneComponent;
import java.time.Duration;
import java.util.List;

/** Restarts the kubelet, which holds the state of the cluster before a restore. */
public final class RestartKubelet extends NamedStepType<RestartKubelet.Parameters> {
    /** No fields. */
    public record Parameters() {}

    public RestartKubelet() {
        super(
                "restart-kubelet",
                Parameters.class,
                "Restarts the kubelet, so that it drops its state from before the restore. start-apiserver does so"
                        + " itself.");
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
