package dev.runbook.steps.shared;

import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Attributes;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.StepContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Stops a systemd unit and holds it stopped across a reboot, by a drop-in with a condition that is never true. Nothing
 * of the unit itself is changed, so enabled stays enabled.
 */
public final class StartInhibitor {
    private static final String DROP_IN = "90-runbook-hold.conf";
    private static final String TEXT = """
        # Written by runbook: this unit is held while a run is under way. `runbook runs` tells which.
        [Unit]
        ConditionPathExists=!/
        """;

    private final StepContext context;
    private final UnitFacts unit;
    private final Duration deadline;

    /**
     * For one unit.
     *
     * @param unit one that the host has
     */
    public StartInhibitor(StepContext context, String unit, Duration deadline) {
        this.context = context;
        this.unit = Optional.ofNullable(context.facts().units().get(unit)).orElseThrow();
        this.deadline = deadline;
    }

    private String dropIn() {
        return unit.dropInFolder() + "/" + DROP_IN;
    }

    private String aside(String why) {
        return context.run().folderIn("/etc") + "/" + unit.unit() + "." + why + ".conf";
    }

    /**
     * Stops, then holds. Its reverse is the same list backwards: the drop-in goes, systemd reloads, the unit starts.
     */
    public void stop(Actions actions) {
        if (actions.state().unitRuns(unit.unit())) {
            // A member without quorum is activating for ever: as it was before is not active then.
            if ("active".equals(unit.properties().get("ActiveState"))) {
                actions.add(new Await(new Probe.UnitActive(unit.unit()), deadline, Direction.BACKWARD));
            }
            actions.add(new ServiceAction.StopUnit(unit.unit()));
        }
        RunFolder.ensure(actions, context.run().folderIn("/etc"));
        if (!unit.dropInFolderExists()) {
            RunFolder.ensure(actions, unit.dropInFolder(), RunFolder.PUBLIC);
        }
        actions.add(new ServiceAction.ReloadUnits(Direction.BACKWARD));
        actions.add(new FileAction.CreateFile(dropIn(), TEXT, new Attributes("0644", 0, 0), aside("stopped")));
        actions.add(new ServiceAction.ReloadUnits(Direction.FORWARD));
        actions.add(new Await(new Probe.UnitInactive(unit.unit()), deadline, Direction.FORWARD));
    }

    /** Whether an earlier step of this run holds it. */
    public boolean held(Actions actions) {
        return actions.state().present(dropIn());
    }

    /** Lifts the hold and starts. Backwards: stops, holds again, and is stopped before the next undo. */
    public void start(Actions actions) {
        actions.add(new Await(new Probe.UnitInactive(unit.unit()), deadline, Direction.BACKWARD));
        // A host that boots with the hold lifted starts the unit by itself, so that there is something to stop even
        // where this run never came to start it.
        actions.add(new ServiceAction.StopUnit(unit.unit(), Direction.BACKWARD));
        actions.add(new ServiceAction.ReloadUnits(Direction.BACKWARD));
        actions.add(new FileAction.MovePath(dropIn(), aside("released")));
        actions.add(new ServiceAction.ReloadUnits(Direction.FORWARD));
        actions.add(new ServiceAction.StartUnit(unit.unit()));
    }
}
