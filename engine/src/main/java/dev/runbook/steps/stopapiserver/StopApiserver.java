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
            @Doc("How long the components may take to end before the runtime kills them. They hold no state, and"
                    + " what they had in flight goes to data that is being replaced; an API server with open"
                    + " watches never ends by itself. Static pods only, and with keep_kubelet only where the"
                    + " kubelet does not end them.")
            @Default("5s")
            Duration grace,

            @Doc("Leave the kubelet running and let it end the pods, with their own grace of 30 s. Otherwise it is"
                    + " stopped first, which saves its wait and its scans, and start-etcd or start-apiserver start"
                    + " it again; no other pod on the host is restarted meanwhile.")
            @Default("false")
            boolean keepKubelet) {}

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
        boolean stopKubelet = !parameters.keepKubelet()
                && context.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)
                && anyRuns(context);
        if (stopKubelet) {
            awaitRestarts(context, actions, deadline);
            actions.add(
                    new Await(new Probe.UnitActive(ControlPlaneComponent.KUBELET_UNIT), deadline, Direction.BACKWARD));
            actions.add(new ServiceAction.StopUnit(ControlPlaneComponent.KUBELET_UNIT));
        }
        facts.manifests().ifPresent(folder -> {
            var parking = new ManifestParking(context, folder, deadline).withGrace(parameters.grace());
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

    /** Whether there is a pod here to be stopped. */
    private static boolean anyRuns(StepContext context) {
        return context.facts()
                .manifests()
                .map(folder -> new ManifestParking(context, folder, Duration.ZERO))
                .filter(parking -> ControlPlaneComponent.podsOf(context.facts()).stream()
                        .anyMatch(pod -> context.state().present(parking.live(pod))))
                .isPresent();
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
