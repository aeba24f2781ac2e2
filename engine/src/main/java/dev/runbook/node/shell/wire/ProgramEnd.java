package dev.runbook.node.shell.wire;

/** How a program at the other end ended. */
public sealed interface ProgramEnd {
    record Exited(int code) implements ProgramEnd {}

    record Signalled(String signal) implements ProgramEnd {}

    /** The end is unknown. */
    record ConnectionLost() implements ProgramEnd {}

    default String describe() {
        return switch (this) {
            case Exited(var code) -> "it ended with status " + code;
            case Signalled(var signal) -> "it was ended by signal " + signal;
            case ConnectionLost() -> "the connection was lost";
        };
    }
}
