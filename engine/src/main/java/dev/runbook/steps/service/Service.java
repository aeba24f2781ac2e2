package dev.runbook.steps.service;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.ControlPlaneEffects;
import java.time.Duration;

/** Starts, stops or restarts a systemd unit. */
public final class Service extends NamedStepType<Service.Parameters> {
    /** Requested state of a unit. */
    public enum State {
        STARTED,
        STOPPED,
        RESTARTED
    }

    /** Fields of the step. */
    public record Parameters(
            @Doc("Unit, such as haproxy.service; without a suffix, .service is added.")
            String name,

            @Doc("started, stopped or restarted.") State state) {
        String unit() {
            return name.contains(".") ? name : name + ".service";
        }
    }

    public Service() {
        super(
                "service",
                Parameters.class,
                "Starts, stops or restarts a systemd unit; a rollback returns it to its former state.");
    }

    /** A control plane component that is started or stopped as a unit has the same effects as with its own step type. */
    @Override
    public Effects effects(WrittenParameter parameters) {
        var name = parameters.field("name").text().orElse("").replaceFirst("\\.service$", "");
        boolean stops = parameters.field("state").is(State.STOPPED);
        if (name.equals(ControlPlaneComponent.ETCD)) {
            return stops ? ControlPlaneEffects.membersStop() : ControlPlaneEffects.membersStart();
        }
        if (name.equals(ControlPlaneComponent.API_SERVER)) {
            return stops ? ControlPlaneEffects.apiServersStop() : ControlPlaneEffects.apiServersStart();
        }
        return Effects.of(Effects.Nature.CHANGES);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var unit = parameters.unit();
        var deadline = context.timeoutOr(Duration.ofMinutes(2));
        var actions = new Actions(context.state());
        // A unit that is known to be in the state already gets no action: the undo of a stop in doubt would start it.
        if (Boolean.valueOf(parameters.state() == State.STARTED)
                        .equals(context.state().units().get(unit))
                && parameters.state() != State.RESTARTED) {
            return StepPlan.Planned.nothing(unit + " is in that state already");
        }
        switch (parameters.state()) {
            case STARTED -> {
                actions.add(new Await(new Probe.UnitInactive(unit), deadline, Direction.BACKWARD));
                actions.add(new ServiceAction.StartUnit(unit));
                actions.add(new Await(new Probe.UnitActive(unit), deadline, Direction.FORWARD));
            }
            case STOPPED -> {
                actions.add(new Await(new Probe.UnitActive(unit), deadline, Direction.BACKWARD));
                actions.add(new ServiceAction.StopUnit(unit));
                actions.add(new Await(new Probe.UnitInactive(unit), deadline, Direction.FORWARD));
            }
            case RESTARTED -> {
                actions.add(new ServiceAction.RestartUnit(unit));
                actions.add(new Await(new Probe.UnitActive(unit), deadline, Direction.FORWARD));
            }
        }
        return StepPlan.Planned.of(actions.list());
    }
}
