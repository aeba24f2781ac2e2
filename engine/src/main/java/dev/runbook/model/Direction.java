package dev.runbook.model;

/** In which direction of a run an action counts: towards the goal, back to where it was, or both. */
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
