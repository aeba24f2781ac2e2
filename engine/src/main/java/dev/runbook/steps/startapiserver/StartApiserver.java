package dev.runbook.steps.startapiserver;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.Effects;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.ControlPlaneEffects;
import dev.runbook.steps.shared.ManifestParking;
import dev.runbook.steps.shared.StartInhibitor;
import java.time.Duration;
import java.util.ArrayList;

/** Starts the components that {@code stop-apiserver} stopped. */
public final class StartApiserver extends NamedStepType<StartApiserver.Parameters> {
    /** No fields. */
    public record Parameters() {}

    public StartApiserver() {
        super(
                "start-apiserver",
                Parameters.class,
                "Starts kube-apiserver, kube-controller-manager and kube-scheduler where stop-apiserver stopped them,"
                        + " the API server first, with a restart of the kubelet.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return ControlPlaneEffects.apiServersStart();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var facts = context.facts();
        var deadline = context.timeoutOr(Duration.ofMinutes(3));
        var actions = new Actions(context.state());
        var started = new ArrayList<Probe>();
        facts.manifests()
                .map(folder -> new ManifestParking(context, folder, deadline))
                .ifPresent(parking -> new PodsStart(context, parking, deadline).add(actions));
        for (var part : ControlPlaneComponent.unitsOf(facts)) {
            var inhibitor = new StartInhibitor(context, ControlPlaneComponent.unit(part), deadline);
            if (inhibitor.inhibits(actions)) {
                inhibitor.start(actions);
                started.add(new Probe.UnitActive(ControlPlaneComponent.unit(part)));
            }
        }
        if (!started.isEmpty()
                && facts.unitActive(ControlPlaneComponent.KUBELET_UNIT)
                && actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            // It drops its state from before the restore.
            actions.add(new ServiceAction.RestartUnit(ControlPlaneComponent.KUBELET_UNIT));
        }
        started.forEach(probe -> actions.add(new Await(probe, deadline, Direction.FORWARD)));
        return actions.isEmpty()
                ? StepPlan.Planned.nothing("no step of this run stopped an API server on this host")
                : StepPlan.Planned.of(actions.list());
    }
}
