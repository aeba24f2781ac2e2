package dev.runbook.model;

import java.util.Optional;

/**
 * One thing that is wrong, said once and whole.
 *
 * @param code a stable name in kebab case, such as {@code unknown-field}, or that of a rule, such as {@code RB101}
 * @param where in a text, on a node, or neither
 * @param summary what is wrong, in one line without a final stop
 * @param next what to do about it; empty when the summary says it already
 */
public record Problem(Severity severity, String code, Where where, String summary, String next) {
    /** Where a problem stands. */
    public sealed interface Where {
        /** In a runbook, an inventory or a value. */
        record InText(Position position) implements Where {}

        /** On a node, in a step when the step is known. */
        record OnHost(String host, Optional<String> step) implements Where {}

        /** In the call itself: a flag, an option, a missing file. */
        record InCall() implements Where {}
    }

    public static Problem at(Position position, String code, String summary, String next) {
        return new Problem(Severity.ERROR, code, new Where.InText(position), summary, next);
    }

    public static Problem on(String host, String code, String summary, String next) {
        return new Problem(Severity.ERROR, code, new Where.OnHost(host, Optional.empty()), summary, next);
    }

    public static Problem ofCall(String code, String summary, String next) {
        return new Problem(Severity.ERROR, code, new Where.InCall(), summary, next);
    }

    public Problem asWarning() {
        return new Problem(Severity.WARNING, code, where, summary, next);
    }

    public Problem withSummary(String other) {
        return new Problem(severity, code, where, other, next);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
