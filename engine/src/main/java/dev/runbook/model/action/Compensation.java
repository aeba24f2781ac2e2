package dev.runbook.model.action;

import java.util.List;

/** How an action is undone in a rollback; the compensating transaction of a saga. */
public sealed interface Compensation {
    /** These actions, in this order. Each is done only where its effect is not there yet, so repeating is harmless. */
    record By(List<Action> actions) implements Compensation {
        public By {
            actions = List.copyOf(actions);
        }
    }

    /** Nothing has to be undone. */
    record Nothing(String because) implements Compensation {}

    /** No program can undo it; before the commit this leaves the run stuck, and the operator is told so. */
    record Impossible(String because) implements Compensation {}

    static Compensation by(Action... actions) {
        return new By(List.of(actions));
    }
}
