package dev.runbook.load.expression;

import dev.runbook.model.Problem;
import java.util.List;

/** A value worked out for one host, or why it cannot be. */
public sealed interface Bound<T> {
    record Ok<T>(T value) implements Bound<T> {}

    record Failed<T>(List<Problem> problems) implements Bound<T> {
        public Failed {
            problems = List.copyOf(problems);
        }
    }
}
