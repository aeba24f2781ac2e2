package dev.runbook.node;

import dev.runbook.model.action.Action;
import java.util.List;

/**
 * The actions of one step on one node, sent at once.
 *
 * @param run the run that they belong to; its lock on the node must be held
 * @param epoch of the controller that sends them; a node that has seen a higher one does nothing
 * @param first journal number of the first action; the others follow
 */
public record Batch(String run, long epoch, long first, List<Action> actions) {
    public Batch {
        actions = List.copyOf(actions);
        if (!run.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("a run id is letters, digits and dashes, not " + run);
        }
    }
}
