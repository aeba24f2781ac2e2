package dev.runbook.execute;

import dev.runbook.model.Question;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** The operator who answers the questions of a run. */
@FunctionalInterface
public interface Operator {
    /** An operator who confirmed everything before the run began. */
    Operator AGREED = _ -> CompletableFuture.completedFuture(true);

    /** Puts a question; the answer may come at any later time, or never, or be cancelled. */
    Future<Boolean> ask(Question question);
}
