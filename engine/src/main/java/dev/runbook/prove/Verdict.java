package dev.runbook.prove;

import java.util.List;

/**
 * How one world ended.
 *
 * @param end where it ended, in one line
 * @param wrong why that is not allowed; empty when it is
 * @param story what happened, line by line, at most {@value Trace#LINES} lines
 */
public record Verdict(Scenario world, String end, List<String> wrong, List<String> story) {
    public Verdict {
        wrong = List.copyOf(wrong);
        story = List.copyOf(story);
    }

    public boolean good() {
        return wrong.isEmpty();
    }

    /** What bad verdicts of one cause have in common: names and numbers of this world left out. */
    String cause() {
        return wrong.getFirst().replaceAll("[0-9a-f]{8,}|\\d+", "#");
    }
}
