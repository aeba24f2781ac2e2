package dev.runbook.model;

import java.util.List;

/** How an action is taken back. */
public sealed interface Undo {
    /** By these, in this order. Each is done only where its effect is not there yet, so repeating is harmless. */
    record By(List<Action> actions) implements Undo {
        public By {
            actions = List.copyOf(actions);
        }
    }

    /** There is nothing to take back. */
    record Nothing(String because) implements Undo {}

    /** No machine can take it back; before the commit this leaves the run stuck, and a person is told. */
    record Impossible(String because) implements Undo {}

    static Undo by(Action... actions) {
        return new By(List.of(actions));
    }
}
