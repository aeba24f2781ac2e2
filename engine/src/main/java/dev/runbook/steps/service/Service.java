package dev.runbook.steps.service;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.ControlPlaneEffects;
import java.time.Duration;

/** Brings a systemd unit into a state. */
public final class Service implements StepType<Service.Parameters> {
    /** What a unit can be told. */
    public enum State {
        STARTED,
        STOPPED,
        RESTARTED
    }

    /** Fields of the step. */
    public record Parameters(
            @Doc("Unit, such as haproxy.service; without an ending, .service is meant.")
            String name,

            @Doc("started, stopped or restarted.") State state) {
        String unit() {
            return name.contains(".") ? name : name + ".service";
        }
    }

    @Override
    public String name() {
        return "service";
    }

    @Override
    public String summary() {
        return "Starts, stops or restarts a systemd unit; taken back to what it was.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    /** A part of the control plane that is started or stopped as a unit has the same effect as by its own step type. */
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
        // Where it is known, what is so already is left alone: a stop in doubt would be taken back by a start.
        if (Boolean.valueOf(parameters.state() == State.STARTED)
                        .equals(context.state().units().get(unit))
                && parameters.state() != State.RESTARTED) {
            return StepPlan.Planned.nothing(unit + " is so already");
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
