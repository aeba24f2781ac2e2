package dev.runbook.model.action;

import dev.runbook.model.NodeState;
import java.time.Duration;

/** systemd units. Their time passes in systemd and in what it starts. */
public sealed interface ServiceAction extends Action {
    @Override
    default boolean worksOutside() {
        return true;
    }

    @Override
    default boolean needsSpace() {
        return false;
    }

    /** Starts a unit without waiting for it to be up: members wait for one another. */
    record StartUnit(String unit) implements ServiceAction {
        @Override
        public String describe() {
            return "start " + unit;
        }

        @Override
        public Compensation compensation() {
            return Compensation.by(new StopUnit(unit));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.withUnit(unit, true);
        }
    }

    /** With {@link Direction#BACKWARD} a rollback makes sure of what this run may never have begun. */
    record StopUnit(String unit, Direction direction) implements ServiceAction {
        public StopUnit(String unit) {
            this(unit, Direction.FORWARD);
        }

        @Override
        public String describe() {
            return "stop " + unit;
        }

        @Override
        public Duration deadline() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Compensation compensation() {
            return Compensation.by(direction.forward() ? new StartUnit(unit) : new StopUnit(unit));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.withUnit(unit, false);
        }
    }

    record RestartUnit(String unit, Direction direction) implements ServiceAction {
        public RestartUnit(String unit) {
            this(unit, Direction.FORWARD);
        }

        @Override
        public String describe() {
            return "restart " + unit;
        }

        @Override
        public Duration deadline() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Compensation compensation() {
            return direction.backward()
                    ? Compensation.by(new RestartUnit(unit, Direction.FORWARD))
                    : new Compensation.Nothing("the unit runs as before");
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.withUnit(unit, true);
        }
    }

    /** systemctl daemon-reload; its own compensation, because unit files are undone before it runs again. */
    record ReloadUnits(Direction direction) implements ServiceAction {
        @Override
        public String describe() {
            return "reload systemd's unit files";
        }

        @Override
        public boolean hasEffectToUndo() {
            return false;
        }

        @Override
        public Compensation compensation() {
            return direction.backward()
                    ? Compensation.by(new ReloadUnits(Direction.FORWARD))
                    : new Compensation.Nothing("unit files did not change");
        }
    }
}
