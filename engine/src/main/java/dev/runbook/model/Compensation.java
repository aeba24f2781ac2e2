package dev.runbook.model;

import java.util.List;

/** How an action is taken back. */
public sealed interface Compensation {
    /** By these, in this order. Each is done only where its effect is not there yet, so repeating is harmless. */
    record By(List<Action> actions) implements Compensation {
        public By {
            actions = List.copyOf(actions);
        }
    }

    /** There is nothing to take back. */
    record Nothing(String because) implements Compensation {}

    /** No machine can take it back; before the commit this leaves the run stuck, and a person is told. */
    record Impossible(String because) implements Compensation {}

    static Compensation by(Action... actions) {
        return new By(List.of(actions));
    }
}
