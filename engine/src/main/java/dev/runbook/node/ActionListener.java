package dev.runbook.node;

import dev.runbook.model.ActionResult;

/** Notified of each action of a batch as it ends; {@code index} counts from 0 within the batch. */
@FunctionalInterface
public interface ActionListener {
    void ended(int index, ActionResult result);
}
