package dev.runbook.steps.stopetcd;

import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.step.Effects;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.ControlPlaneEffects;
import dev.runbook.steps.shared.ManifestParking;
import dev.runbook.steps.shared.MemberSilence;
import dev.runbook.steps.shared.NoMember;
import dev.runbook.steps.shared.OriginalMember;
import dev.runbook.steps.shared.StartAgain;
import dev.runbook.steps.shared.StartInhibitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stops a member, checks by bbolt's file lock that it has stopped, and holds it stopped across a reboot. */
public final class StopEtcd extends NamedStepType<StopEtcd.Parameters> {
    private static final String KILLED =
            "its member hangs, so the stop is expected to end with a kill: 30 s after it began"
                    + " (the pod's grace period), or after the unit's TimeoutStopSec (90 s unless set)";

    /** No fields. */
    public record Parameters() {}

    public StopEtcd() {
        super(
                "stop-etcd",
                Parameters.class,
                "Stops the etcd member, checks that no process locks its database any more, and holds it stopped: one"
                    + " member after the other, the leader last, so that none waits for a hand-over to one that stops"
                    + " too.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return ControlPlaneEffects.membersStop();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var member = context.facts().member();
        if (member.isEmpty()) {
            return new StepPlan.Refused(NoMember.on(
                    context,
                    "no etcd member is configured here: neither a static pod's manifest nor etcd.service",
                    "remove the host from the group that this step runs on"));
        }
        var deadline = context.timeoutOr(Duration.ofMinutes(2));
        var actions = new Actions(context.state());
        StartAgain.check(context, actions, List.of(ControlPlaneComponent.ETCD, "kubelet"));
        switch (member.get().source()) {
            case MemberSource.StaticPod _ -> stopPod(context, member.get(), actions, deadline);
            case MemberSource.Unit unit -> {
                var inhibitor = new StartInhibitor(context, unit.unit(), deadline);
                inhibitor.prepare(actions);
                OriginalMember.await(member.get(), deadline).ifPresent(actions::add);
                StopOrder.before(context, deadline).ifPresent(actions::add);
                inhibitor.stop(actions);
            }
        }
        actions.add(new Await(new Probe.LockFree(member.get().database()), deadline, Direction.FORWARD));
        var notes = new ArrayList<>(StopOrder.note(context, actions.list()));
        if (MemberSilence.hangs(context.facts())) {
            notes.add(KILLED);
        }
        return new StepPlan.Planned(actions.list(), Map.of(), notes, List.of(), List.of(), false);
    }

    private static void stopPod(StepContext context, MemberFacts member, Actions actions, Duration deadline) {
        var parking = new ManifestParking(context, context.facts().manifests().orElseThrow(), deadline);
        if (actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            // Otherwise the member restarts with the kubelet, and the step that stopped the kubelet waits for both.
            OriginalMember.await(member, deadline).ifPresent(actions::add);
        }
        parking.park(actions, ControlPlaneComponent.ETCD);
        if (!actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            // A running kubelet ends the container at a moment of its own.
            StopOrder.before(context, deadline).ifPresent(actions::add);
        }
        parking.awaitEnd(actions, List.of(ControlPlaneComponent.ETCD));
    }
}
