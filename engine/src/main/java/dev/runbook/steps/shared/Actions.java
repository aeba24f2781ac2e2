package dev.runbook.steps.shared;

import dev.runbook.model.NodeState;
import dev.runbook.model.action.Action;
import java.util.ArrayList;
import java.util.List;

/** A list of actions with the state that they lead to. */
public final class Actions {
    private final List<Action> actions = new ArrayList<>();
    private NodeState state;

    public Actions(NodeState before) {
        this.state = before;
    }

    public Actions add(Action action) {
        actions.add(action);
        state = action.after(state);
        return this;
    }

    /** The host's state, predicted after the actions so far. */
    public NodeState state() {
        return state;
    }

    public List<Action> list() {
        return List.copyOf(actions);
    }

    public boolean isEmpty() {
        return actions.isEmpty();
    }
}
