package dev.runbook.steps.shared;

import dev.runbook.etcd.config.ConfigProblem;
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
 * Stops a systemd unit and inhibits its start, across reboots too, by a drop-in with the condition that a file of this run is not there,
 * and by that file. The unit itself is not changed, so enabled stays enabled. systemd has to reload its unit files for a drop-in, which takes
 * from half a second to seconds on a busy host; for the file it need not, so that the outage has no reload in it where the drop-in was
 * prepared before.
 */
public final class StartInhibitor {
    private final StepContext context;
    private final UnitFacts unit;
    private final Duration deadline;

    /**
     * Inhibitor of one unit.
     *
     * @param unit one that the host has
     */
    public StartInhibitor(StepContext context, String unit, Duration deadline) {
        this.context = context;
        this.unit = Optional.ofNullable(context.facts().units().get(unit)).orElseThrow();
        this.deadline = deadline;
    }

    /** Another drop-in that resets the unit's conditions would release it, so it comes after every other one. */
    private String dropIn() {
        try {
            return DropInName.path(unit, "90-", "runbook-hold.conf");
        } catch (ConfigProblem overridden) {
            // No name comes after that one; few drop-ins have conditions, and the wait after the stop shows whether it
            // holds.
            return unit.dropInFolder() + "/90-runbook-hold.conf";
        }
    }

    private String retained(String reason) {
        return context.run().folderIn("/etc") + "/" + unit.unit() + "." + reason + ".conf";
    }

    /** While it is there the unit does not start. */
    private String held() {
        return context.run().folderIn("/etc") + "/" + unit.unit() + ".held";
    }

    /** Installs what only the file is missing to, unless an earlier step did. The unit runs on, and would start as ever. */
    public void prepare(Actions actions) {
        if (actions.state().present(dropIn())) {
            return;
        }
        RunFolder.ensure(actions, context.run().folderIn("/etc"));
        if (!unit.dropInFolderExists()) {
            RunFolder.ensure(actions, unit.dropInFolder(), RunFolder.PUBLIC);
        }
        actions.add(new ServiceAction.ReloadUnits(Direction.BACKWARD));
        actions.add(new FileAction.CreateFile(
                dropIn(), """
                    # Written by runbook: this unit is held while the file below is there. `runbook runs` tells of the run.
                    [Unit]
                    ConditionPathExists=!%s
                    """.formatted(held()), new Attributes("0644", 0, 0), retained("unprepared")));
        actions.add(new ServiceAction.ReloadUnits(Direction.FORWARD));
    }

    /** Stops the unit, then inhibits its start. Undone in reverse: the file is removed, the unit starts. */
    public void stop(Actions actions) {
        prepare(actions);
        if (actions.state().unitRuns(unit.unit())) {
            // A member without quorum stays activating, so its former state is not active.
            if ("active".equals(unit.properties().get("ActiveState"))) {
                actions.add(new Await(new Probe.UnitActive(unit.unit()), deadline, Direction.BACKWARD));
            }
            actions.add(new ServiceAction.StopUnit(unit.unit()));
        }
        actions.add(new FileAction.CreateFile(
                held(), "held by runbook\n", new Attributes("0644", 0, 0), retained("stopped")));
        actions.add(new Await(new Probe.UnitInactive(unit.unit()), deadline, Direction.FORWARD));
    }

    /** Whether an earlier step of this run inhibits its start. */
    public boolean inhibits(Actions actions) {
        return actions.state().present(held());
    }

    /**
     * Removes the file and starts the unit; while it starts, the drop-in is removed. Undone in reverse: stops it, inhibits its start, and
     * awaits its end.
     */
    public void start(Actions actions) {
        actions.add(new Await(new Probe.UnitInactive(unit.unit()), deadline, Direction.BACKWARD));
        // A host that reboots without the file starts the unit by itself, so a rollback must stop the unit even
        // where this run did not start it.
        actions.add(new ServiceAction.StopUnit(unit.unit(), Direction.BACKWARD));
        actions.add(new FileAction.MovePath(held(), retained("released")));
        actions.add(new ServiceAction.StartUnit(unit.unit()));
        actions.add(new ServiceAction.ReloadUnits(Direction.BACKWARD));
        actions.add(new FileAction.MovePath(dropIn(), retained("removed")));
        actions.add(new ServiceAction.ReloadUnits(Direction.FORWARD));
    }
}
