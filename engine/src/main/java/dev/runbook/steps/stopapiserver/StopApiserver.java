package dev.runbook.steps.stopapiserver;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.ControlPlaneEffects;
import dev.runbook.steps.shared.ManifestParking;
import dev.runbook.steps.shared.OriginalMember;
import dev.runbook.steps.shared.StartAgain;
import dev.runbook.steps.shared.StartInhibitor;
import java.time.Duration;

/** Stops the components that write to etcd, and holds them stopped across a reboot. */
public final class StopApiserver extends NamedStepType<StopApiserver.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("Stop the kubelet first and end the containers through the runtime. Faster (no wait for the kubelet's "
                    + "scan), but no pod on the host is restarted meanwhile.")
            @Default("false")
            boolean stopKubelet) {}

    public StopApiserver() {
        super(
                "stop-apiserver",
                Parameters.class,
                "Stops kube-apiserver, kube-controller-manager and kube-scheduler, and holds them stopped.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return ControlPlaneEffects.apiServersStop();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var facts = context.facts();
        var deadline = context.timeoutOr(Duration.ofMinutes(2));
        var actions = new Actions(context.state());
        if (!ControlPlaneComponent.podsOf(facts).isEmpty()
                || !ControlPlaneComponent.unitsOf(facts).isEmpty()) {
            // The member's needs, too: here nothing is stopped yet.
            StartAgain.check(context, actions);
        }
        boolean stopKubelet = parameters.stopKubelet() && context.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT);
        if (stopKubelet) {
            awaitRestarts(context, actions, deadline);
            actions.add(
                    new Await(new Probe.UnitActive(ControlPlaneComponent.KUBELET_UNIT), deadline, Direction.BACKWARD));
            actions.add(new ServiceAction.StopUnit(ControlPlaneComponent.KUBELET_UNIT));
        }
        facts.manifests().ifPresent(folder -> {
            var parking = new ManifestParking(context, folder, deadline);
            var pods = ControlPlaneComponent.podsOf(facts).stream()
                    .filter(pod -> actions.state().present(parking.live(pod)))
                    .toList();
            pods.forEach(pod -> parking.park(actions, pod));
            parking.awaitEnd(actions, pods);
        });
        for (var part : ControlPlaneComponent.unitsOf(facts)) {
            var inhibitor = new StartInhibitor(context, ControlPlaneComponent.unit(part), deadline);
            if (!inhibitor.inhibits(actions)) {
                inhibitor.stop(actions);
            }
        }
        return actions.isEmpty()
                ? StepPlan.Planned.nothing("no API server is configured on this host")
                : StepPlan.Planned.of(actions.list());
    }

    /** A rollback waits for every pod that restarts with the kubelet, the member's included, even if a later step parks it. */
    private static void awaitRestarts(StepContext context, Actions actions, Duration deadline) {
        var facts = context.facts();
        facts.manifests().ifPresent(folder -> {
            var parking = new ManifestParking(context, folder, deadline);
            ControlPlaneComponent.podsOf(facts).forEach(pod -> parking.awaitRestart(actions, pod));
            if (facts.manifest(ControlPlaneComponent.ETCD).isPresent()) {
                facts.member()
                        .flatMap(member -> OriginalMember.await(member, deadline))
                        .ifPresent(actions::add);
                parking.awaitRestart(actions, ControlPlaneComponent.ETCD);
            }
        });
    }
}
