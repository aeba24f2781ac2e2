package dev.runbook.execute;

import dev.runbook.model.ActionResult;
import dev.runbook.model.action.Action;
import dev.runbook.node.ActionListener;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Tells the observer of a run what a host does in one batch: the action that is under way, and what it waits for.
 *
 * @param ended is told of each result before the next action counts as begun
 */
record HostActivity(
        RunObserver observer, int step, String host, List<Item> items, BiConsumer<Integer, ActionResult> ended)
        implements ActionListener {
    /** An action of the batch, and the index by which events name it. */
    record Item(int index, Action action) {}

    /** The first action is about to be sent. */
    HostActivity begun() {
        begins(0);
        return this;
    }

    private void begins(int position) {
        if (position < items.size()) {
            observer.begins(
                    step, host, items.get(position).index(), items.get(position).action());
        }
    }

    @Override
    public void ended(int position, ActionResult result) {
        ended.accept(position, result);
        if (result.succeeded()) {
            begins(position + 1);
        }
    }

    @Override
    public void waits(int position, String seen) {
        observer.waits(host, seen);
    }

    @Override
    public void transferred(int position, long bytes, OptionalLong total) {
        observer.transferred(host, bytes, total);
    }
}
