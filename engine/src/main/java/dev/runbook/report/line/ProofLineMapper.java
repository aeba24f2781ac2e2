package dev.runbook.report.line;

import dev.runbook.prove.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** Maps a proof to its lines: a failed scenario for each cause first, and then the totals. */
public final class ProofLineMapper {
    private ProofLineMapper() {}

    public static List<Line> of(String runbook, Proof proof, Duration took) {
        var lines = new ArrayList<Line>();
        proof.causes()
                .forEach((verdict, count) -> lines.add(new ProofLine.FailedScenario(
                        verdict.scenario().kind(), count, verdict.end(), verdict.violations(), verdict.trace())));
        lines.add(new ProofLine.Proved(
                runbook,
                proof.scenarios(),
                proof.failed().size(),
                counts(proof.kinds()),
                counts(proof.ends()),
                took.toMillis() / 1000.0));
        return lines;
    }

    private static List<ProofLine.Count> counts(SequencedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new ProofLine.Count(entry.getKey(), entry.getValue()))
                .toList();
    }
}
