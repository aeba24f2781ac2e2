package dev.runbook.step;

/** The types that an input or an output can have, and that an expression is checked against. */
public enum ValueType {
    STRING,
    INT,
    BOOL,
    /** Written as {@code 90s}, {@code 10m}, {@code 1h30m}; text in expressions. */
    DURATION,
    /** A file on this machine; text in expressions. A relative one counts from the current folder. */
    PATH,
    /** Text that is masked wherever it would be shown; may not be compared or joined in expressions. */
    SECRET,
    STRING_LIST
}
