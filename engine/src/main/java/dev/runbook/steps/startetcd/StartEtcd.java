package dev.runbook.steps.startetcd;

import dev.runbook.facts.MemberSource;
import dev.runbook.model.Probe;
import dev.runbook.model.Problem;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.ControlPlaneEffects;
import dev.runbook.steps.shared.DataLayout;
import dev.runbook.steps.shared.ManifestParking;
import dev.runbook.steps.shared.StartInhibitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Starts a member that {@code stop-etcd} stopped, on every host in one step, because a single member waits for its quorum. For
 * the order see {@link StartOrder}.
 */
public final class StartEtcd extends NamedStepType<StartEtcd.Parameters> {
    /** No fields. */
    public record Parameters() {}

    public StartEtcd() {
        super(
                "start-etcd",
                Parameters.class,
                "Starts the etcd member where stop-etcd stopped it: on every host at once, or one after the other"
                        + " where members check for corruption at their start.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return ControlPlaneEffects.membersStart().needing(Need.here(Effect.MEMBER_STOPPED));
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var member = context.facts().member();
        if (member.isEmpty()) {
            return StepPlan.Planned.nothing("no etcd member is configured here");
        }
        var deadline = context.timeoutOr(Duration.ofMinutes(3));
        var actions = new Actions(context.state());
        actions.add(new Await(new Probe.LockFree(member.get().database()), deadline, Direction.BACKWARD));
        var prepared = DataLayout.of(member.get(), context.run()).prepared();
        if (actions.state().present(prepared)) {
            // The member is pointed at its new data in the folder where it was prepared.
            actions.add(new Await(new Probe.LockFree(prepared + "/member/snap/db"), deadline, Direction.BACKWARD));
        }
        boolean stopped = switch (member.get().source()) {
            case MemberSource.StaticPod _ -> startPod(context, actions, deadline);
            case MemberSource.Unit unit -> startUnit(context, actions, unit.unit(), deadline);
        };
        return stopped
                ? new StepPlan.Planned(actions.list(), Map.of(), notes(context, actions), List.of(), List.of(), false)
                : StepPlan.Refused.because(Problem.on(
                        context.host(),
                        "not-stopped",
                        "no step before this one stops this host's member",
                        "add a stop-etcd step for the same hosts before start-etcd"));
    }

    private static List<String> notes(StepContext context, Actions actions) {
        boolean inTurn = actions.list().stream()
                .anyMatch(action -> action instanceof Await await && await.probe() instanceof Probe.PeerServes);
        return inTurn ? new StartOrder(context).note() : List.of();
    }

    private static boolean startPod(StepContext context, Actions actions, Duration deadline) {
        var parking = new ManifestParking(context, context.facts().manifests().orElseThrow(), deadline);
        if (!actions.state().present(parking.parked(ControlPlaneComponent.ETCD))) {
            return false;
        }
        var pod = List.of(ControlPlaneComponent.ETCD);
        boolean inTurn = !actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT);
        var order = new StartOrder(context);
        if (inTurn) {
            // The kubelet alone is waited with: what it will find may be in place already.
            parking.unpark(actions, pod);
            order.before(deadline).ifPresent(actions::add);
            if (context.facts().unitActive(ControlPlaneComponent.KUBELET_UNIT)) {
                actions.add(new ServiceAction.StartUnit(ControlPlaneComponent.KUBELET_UNIT));
            }
        } else {
            // A running kubelet finds the manifest at its next scan, up to 20 s later, on each host at its own moment.
            // In a rollback, a restart resets its back-off for the new member. The original member is the same pod to
            // it, which it would start only after a delay that doubles up to five minutes.
            actions.add(new ServiceAction.RestartUnit(ControlPlaneComponent.KUBELET_UNIT, Direction.BACKWARD));
            parking.unpark(actions, pod);
        }
        actions.add(new Await(new Probe.ContainerRunning(ControlPlaneComponent.ETCD), deadline, Direction.FORWARD));
        if (inTurn) {
            order.after(deadline).ifPresent(actions::add);
        }
        return true;
    }

    private static boolean startUnit(StepContext context, Actions actions, String unit, Duration deadline) {
        var inhibitor = new StartInhibitor(context, unit, deadline);
        if (!inhibitor.inhibits(actions)) {
            return false;
        }
        var order = new StartOrder(context);
        order.before(deadline).ifPresent(actions::add);
        inhibitor.start(actions);
        actions.add(new Await(new Probe.UnitActive(unit), deadline, Direction.FORWARD));
        order.after(deadline).ifPresent(actions::add);
        return true;
    }
}
