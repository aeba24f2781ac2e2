package dev.runbook.load.expression;

import dev.runbook.model.Problem;
import java.util.List;

/** A value evaluated for one host, or the problems. */
public sealed interface Bound<T> {
    record Ok<T>(T value) implements Bound<T> {}

    record Failed<T>(List<Problem> problems) implements Bound<T> {
        public Failed {
            problems = List.copyOf(problems);
        }
    }
}
