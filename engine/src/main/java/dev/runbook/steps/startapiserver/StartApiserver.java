package dev.runbook.steps.startapiserver;

import dev.runbook.model.Action;
import dev.runbook.model.Probe;
import dev.runbook.model.Way;
import dev.runbook.step.Effects;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.Written;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlane;
import dev.runbook.steps.shared.ControlPlaneEffects;
import dev.runbook.steps.shared.Parking;
import dev.runbook.steps.shared.UnitHold;
import java.time.Duration;

/** Gives back what {@code stop-apiserver} took away. */
public final class StartApiserver implements StepType<StartApiserver.Parameters> {
    /** No fields. */
    public record Parameters() {}

    @Override
    public String name() {
        return "start-apiserver";
    }

    @Override
    public String summary() {
        return "Starts kube-apiserver, kube-controller-manager and kube-scheduler where stop-apiserver stopped them.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Effects effects(Written parameters) {
        return ControlPlaneEffects.apiServersStart();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var facts = context.facts();
        var deadline = context.timeoutOr(Duration.ofMinutes(3));
        var actions = new Actions(context.state());
        facts.manifests()
                .ifPresent(folder -> startPods(context, new Parking(context, folder, deadline), actions, deadline));
        for (var part : ControlPlane.unitsOf(facts)) {
            var hold = new UnitHold(context, ControlPlane.unit(part), deadline);
            if (hold.held(actions)) {
                hold.start(actions);
                actions.add(new Action.Await(new Probe.UnitActive(ControlPlane.unit(part)), deadline, Way.FORWARD));
            }
        }
        return actions.isEmpty()
                ? StepPlan.Planned.nothing("no step of this run stopped an API server on this host")
                : StepPlan.Planned.of(actions.list());
    }

    private static void startPods(StepContext context, Parking parking, Actions actions, Duration deadline) {
        var pods = ControlPlane.podsOf(context.facts()).stream()
                .filter(pod -> actions.state().present(parking.parked(pod)))
                .toList();
        if (pods.isEmpty()) {
            return;
        }
        if (context.facts().unitActive(ControlPlane.KUBELET_UNIT)
                && !actions.state().unitRuns(ControlPlane.KUBELET_UNIT)) {
            actions.add(new Action.StartUnit(ControlPlane.KUBELET_UNIT));
        }
        pods.forEach(pod -> parking.unpark(actions, pod));
        pods.forEach(pod -> actions.add(new Action.Await(new Probe.ContainerRunning(pod), deadline, Way.FORWARD)));
    }
}
