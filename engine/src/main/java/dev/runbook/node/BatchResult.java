package dev.runbook.node;

import dev.runbook.model.ActionResult;
import java.util.List;

/** One result for every action that was begun, in order; only the last one can be other than a success. */
public record BatchResult(List<ActionResult> results) {
    public BatchResult {
        results = List.copyOf(results);
    }

    public boolean succeeded(int actions) {
        return results.size() == actions && results.stream().allMatch(ActionResult::succeeded);
    }
}
