package dev.runbook.load.expression;

import dev.runbook.model.Problem;

/** Result of evaluating an expression on one host. */
public sealed interface Evaluated {
    /** String, Long, Double, Boolean, List, Map, Duration, Path or Secret. */
    record Value(Object value) implements Evaluated {}

    /** No value: an optional input that is not given, or null. */
    record Missing() implements Evaluated {}

    record Failed(Problem problem) implements Evaluated {}
}
