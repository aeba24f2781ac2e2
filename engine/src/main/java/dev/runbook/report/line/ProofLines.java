package dev.runbook.report.line;

import dev.runbook.prove.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** Lines about a plan that was tried in every world: the bad ones first, a cause each, and then the sum. */
public final class ProofLines {
    private ProofLines() {}

    public static List<Line> of(String runbook, Proof proof, Duration took) {
        var lines = new ArrayList<Line>();
        proof.causes()
                .forEach((verdict, count) -> lines.add(new Line.BadWorld(
                        verdict.world().kind(), count, verdict.end(), verdict.wrong(), verdict.story())));
        lines.add(new Line.Proved(
                runbook,
                proof.worlds(),
                proof.bad().size(),
                counts(proof.kinds()),
                counts(proof.ends()),
                took.toMillis() / 1000.0));
        return lines;
    }

    private static List<Line.Count> counts(SequencedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Line.Count(entry.getKey(), entry.getValue()))
                .toList();
    }
}
