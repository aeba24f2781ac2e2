package dev.runbook.load.expression;

import dev.runbook.model.Problem;

/** What an expression comes to on one host. */
public sealed interface Evaluated {
    /** String, Long, Double, Boolean, List, Map, Duration, Path or Secret. */
    record Value(Object value) implements Evaluated {}

    /** Nothing: an optional input without a value, or null. */
    record Missing() implements Evaluated {}

    record Failed(Problem problem) implements Evaluated {}
}
