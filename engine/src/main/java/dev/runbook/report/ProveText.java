package dev.runbook.report;

import dev.runbook.prove.Proof;
import java.util.ArrayList;
import java.util.List;

/** What came of all worlds, as text. */
public final class ProveText {
    private final Style style;

    public ProveText(Style style) {
        this.style = style;
    }

    public List<String> lines(Proof proof) {
        var lines = new ArrayList<String>();
        lines.add(style.bold(proof.worlds() + " worlds") + ":");
        proof.kinds().forEach((kind, count) -> lines.add("  %6d  %s".formatted(count, kind)));
        lines.add("They ended:");
        proof.ends().forEach((end, count) -> lines.add("  %6d  %s".formatted(count, end)));
        proof.causes().forEach((verdict, count) -> {
            lines.add("");
            lines.add(
                    style.red("Bad") + ", in " + count + (count == 1 ? " world" : " worlds") + "; the shortest story:");
            verdict.story().forEach(line -> lines.add("  " + line));
        });
        lines.add("");
        lines.add(
                proof.bad().isEmpty()
                        ? style.green("None bad")
                                + ": in every one of them the end is restored and proven, or as before."
                        : style.red(proof.bad().size() + " bad") + " of " + proof.worlds() + ".");
        return lines;
    }
}
