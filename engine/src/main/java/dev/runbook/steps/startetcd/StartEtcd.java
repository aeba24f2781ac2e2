package dev.runbook.steps.startetcd;

import dev.runbook.facts.MemberSource;
import dev.runbook.model.Action;
import dev.runbook.model.Probe;
import dev.runbook.model.Problem;
import dev.runbook.model.Way;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.Mark;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.Written;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlane;
import dev.runbook.steps.shared.ControlPlaneEffects;
import dev.runbook.steps.shared.DataLayout;
import dev.runbook.steps.shared.Parking;
import dev.runbook.steps.shared.UnitHold;
import java.time.Duration;

/** Starts a member that {@code stop-etcd} stopped; all hosts at once, since one alone waits for its quorum. */
public final class StartEtcd implements StepType<StartEtcd.Parameters> {
    /** No fields. */
    public record Parameters() {}

    @Override
    public String name() {
        return "start-etcd";
    }

    @Override
    public String summary() {
        return "Starts the etcd member where stop-etcd stopped it, on every host at once.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Effects effects(Written parameters) {
        return ControlPlaneEffects.membersStart().needing(Need.here(Mark.MEMBER_STOPPED));
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var member = context.facts().member();
        if (member.isEmpty()) {
            return StepPlan.Planned.nothing("no etcd member is configured here");
        }
        var deadline = context.timeoutOr(Duration.ofMinutes(3));
        var actions = new Actions(context.state());
        actions.add(new Action.Await(new Probe.LockFree(member.get().database()), deadline, Way.BACKWARD));
        var prepared = DataLayout.of(member.get(), context.run()).prepared();
        if (actions.state().present(prepared)) {
            // The member was pointed at its new data where that was made.
            actions.add(new Action.Await(new Probe.LockFree(prepared + "/member/snap/db"), deadline, Way.BACKWARD));
        }
        boolean stopped = switch (member.get().source()) {
            case MemberSource.StaticPod _ -> startPod(context, actions, deadline);
            case MemberSource.Unit unit -> startUnit(context, actions, unit.unit(), deadline);
        };
        return stopped
                ? StepPlan.Planned.of(actions.list())
                : StepPlan.Refused.because(Problem.on(
                        context.host(),
                        "not-stopped",
                        "no step before this one stops this host's member",
                        "put a stop-etcd step for the same hosts before start-etcd"));
    }

    private static boolean startPod(StepContext context, Actions actions, Duration deadline) {
        var parking = new Parking(context, context.facts().manifests().orElseThrow(), deadline);
        if (!actions.state().present(parking.parked(ControlPlane.ETCD))) {
            return false;
        }
        if (context.facts().unitActive(ControlPlane.KUBELET_UNIT)) {
            // On the way back the kubelet forgets how often the new member died. The old one is the same pod to it, and
            // would be started only after a delay that doubles up to five minutes.
            actions.add(
                    actions.state().unitRuns(ControlPlane.KUBELET_UNIT)
                            ? new Action.RestartUnit(ControlPlane.KUBELET_UNIT, Way.BACKWARD)
                            : new Action.StartUnit(ControlPlane.KUBELET_UNIT));
        }
        parking.unpark(actions, ControlPlane.ETCD);
        actions.add(new Action.Await(new Probe.ContainerRunning(ControlPlane.ETCD), deadline, Way.FORWARD));
        return true;
    }

    private static boolean startUnit(StepContext context, Actions actions, String unit, Duration deadline) {
        var hold = new UnitHold(context, unit, deadline);
        if (!hold.held(actions)) {
            return false;
        }
        hold.start(actions);
        actions.add(new Action.Await(new Probe.UnitActive(unit), deadline, Way.FORWARD));
        return true;
    }
}
