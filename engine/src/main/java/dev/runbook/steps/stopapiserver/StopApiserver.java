package dev.runbook.steps.stopapiserver;

import dev.runbook.model.Action;
import dev.runbook.model.Probe;
import dev.runbook.model.Way;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.Written;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlane;
import dev.runbook.steps.shared.ControlPlaneEffects;
import dev.runbook.steps.shared.OldSelf;
import dev.runbook.steps.shared.Parking;
import dev.runbook.steps.shared.UnitHold;
import java.time.Duration;

/** Stops what writes to etcd, and keeps it stopped across a reboot. */
public final class StopApiserver implements StepType<StopApiserver.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("Stop the kubelet first and end the containers through the runtime. Faster (no wait for the kubelet's "
                    + "scan), but nothing on the host is restarted meanwhile.")
            @Default("false")
            boolean stopKubelet) {}

    @Override
    public String name() {
        return "stop-apiserver";
    }

    @Override
    public String summary() {
        return "Stops kube-apiserver, kube-controller-manager and kube-scheduler, and holds them stopped.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Effects effects(Written parameters) {
        return ControlPlaneEffects.apiServersStop();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var facts = context.facts();
        var deadline = context.timeoutOr(Duration.ofMinutes(2));
        var actions = new Actions(context.state());
        boolean stopKubelet = parameters.stopKubelet() && context.state().unitRuns(ControlPlane.KUBELET_UNIT);
        if (stopKubelet) {
            awaitAllBack(context, actions, deadline);
            actions.add(new Action.Await(new Probe.UnitActive(ControlPlane.KUBELET_UNIT), deadline, Way.BACKWARD));
            actions.add(new Action.StopUnit(ControlPlane.KUBELET_UNIT));
        }
        facts.manifests().ifPresent(folder -> {
            var parking = new Parking(context, folder, deadline);
            var pods = ControlPlane.podsOf(facts).stream()
                    .filter(pod -> actions.state().present(parking.live(pod)))
                    .toList();
            pods.forEach(pod -> parking.park(actions, pod));
            boolean kubeletRuns = actions.state().unitRuns(ControlPlane.KUBELET_UNIT);
            pods.forEach(pod -> parking.awaitGone(actions, pod, kubeletRuns));
        });
        for (var part : ControlPlane.unitsOf(facts)) {
            var hold = new UnitHold(context, ControlPlane.unit(part), deadline);
            if (!hold.held(actions)) {
                hold.stop(actions);
            }
        }
        return actions.isEmpty()
                ? StepPlan.Planned.nothing("no API server is configured on this host")
                : StepPlan.Planned.of(actions.list());
    }

    /** What runs under the kubelet comes back with it, the member included, wherever a later step may have parked it. */
    private static void awaitAllBack(StepContext context, Actions actions, Duration deadline) {
        var facts = context.facts();
        facts.manifests().ifPresent(folder -> {
            var parking = new Parking(context, folder, deadline);
            ControlPlane.podsOf(facts).forEach(pod -> parking.awaitBack(actions, pod));
            if (facts.manifest(ControlPlane.ETCD).isPresent()) {
                facts.member()
                        .flatMap(member -> OldSelf.await(member, deadline))
                        .ifPresent(actions::add);
                parking.awaitBack(actions, ControlPlane.ETCD);
            }
        });
    }
}
