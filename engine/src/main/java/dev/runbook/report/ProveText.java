package dev.runbook.report;

import dev.runbook.prove.Proof;
import java.util.ArrayList;
import java.util.List;

/** Text of a proof: its scenarios, and a trace for each cause of a violation. */
public final class ProveText {
    private final Style style;

    public ProveText(Style style) {
        this.style = style;
    }

    public List<String> lines(Proof proof) {
        var lines = new ArrayList<String>();
        lines.add(style.bold(proof.scenarios() + " failure scenarios") + ":");
        proof.kinds().forEach((kind, count) -> lines.add("  %6d  %s".formatted(count, kind)));
        lines.add("State at the end:");
        proof.ends().forEach((end, count) -> lines.add("  %6d  %s".formatted(count, end)));
        proof.causes().forEach((verdict, count) -> {
            lines.add("");
            lines.add(style.red("Violation") + " in " + count + (count == 1 ? " scenario" : " scenarios")
                    + "; the shortest trace:");
            verdict.trace().forEach(line -> lines.add("  " + line));
        });
        lines.add("");
        lines.add(
                proof.failed().isEmpty()
                        ? style.green(proof.summary()) + ": each ends restored and proven, or as before."
                        : style.red(proof.summary()) + ".");
        return lines;
    }
}
