package dev.runbook.model.action;

import dev.runbook.model.Probe;
import java.time.Duration;

/**
 * Waits until a probe holds. With {@link Direction#BACKWARD} it is skipped on the way forward and waited for in a
 * rollback: placed before an action, it is what must hold again once that action is undone.
 */
public record Await(Probe probe, Duration deadline, Direction direction) implements Action {
    @Override
    public String describe() {
        return "wait until " + probe.describe();
    }

    @Override
    public boolean mutates() {
        return false;
    }

    @Override
    public boolean needsSpace() {
        return false;
    }

    @Override
    public boolean worksOutside() {
        return true;
    }

    @Override
    public Compensation compensation() {
        return direction.backward()
                ? Compensation.by(new Await(probe, deadline, Direction.FORWARD))
                : new Compensation.Nothing("it only waits");
    }
}
