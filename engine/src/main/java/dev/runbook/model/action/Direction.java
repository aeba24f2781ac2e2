package dev.runbook.model.action;

/** The direction of a run in which an action is performed: forward to the goal, backward in a rollback, or both. */
public enum Direction {
    FORWARD,
    BACKWARD,
    BOTH;

    public boolean forward() {
        return this != BACKWARD;
    }

    public boolean backward() {
        return this != FORWARD;
    }
}
