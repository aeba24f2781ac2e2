package dev.runbook.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why something did not work on a node.
 *
 * @param summary one line
 * @param command the external program that failed, secrets masked; empty when none was run
 * @param exitCode of that program
 * @param stderr its last lines, secrets masked, 4 KiB at most
 */
public record Failure(String summary, Optional<String> command, OptionalInt exitCode, String stderr) {
    public static Failure of(String summary) {
        return new Failure(summary, Optional.empty(), OptionalInt.empty(), "");
    }
}
