package dev.runbook.prove;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Result of all scenarios of a plan.
 *
 * @param kinds scenarios by kind, in the order in which they were run
 * @param ends scenarios by the state in which they ended
 * @param failed the ones that violate an invariant
 */
public record Proof(SequencedMap<String, Integer> kinds, SequencedMap<String, Integer> ends, List<Verdict> failed) {
    public Proof {
        kinds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kinds));
        ends = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ends));
        failed = List.copyOf(failed);
    }

    static Proof of(List<Verdict> verdicts) {
        var kinds = new LinkedHashMap<String, Integer>();
        var ends = new LinkedHashMap<String, Integer>();
        for (var verdict : verdicts) {
            kinds.merge(verdict.scenario().kind(), 1, Integer::sum);
            ends.merge(verdict.end(), 1, Integer::sum);
        }
        return new Proof(
                kinds,
                ends,
                verdicts.stream().filter(verdict -> !verdict.passed()).toList());
    }

    /** Number of scenarios that were run. */
    public int scenarios() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The totals, in one line. */
    public String summary() {
        return scenarios() + " failure scenarios, "
                + (failed.isEmpty() ? "0 violations" : failed.size() + " with violations");
    }

    /** Failed scenarios, one for each cause with their number: the one with the fewest faults and the shortest trace. */
    public SequencedMap<Verdict, Integer> causes() {
        var causes = new LinkedHashMap<String, List<Verdict>>();
        failed.forEach(verdict ->
                causes.computeIfAbsent(verdict.cause(), _ -> new ArrayList<>()).add(verdict));
        var shortest = new LinkedHashMap<Verdict, Integer>();
        causes.values()
                .forEach(same -> shortest.put(
                        Collections.min(
                                same,
                                Comparator.<Verdict>comparingInt(verdict -> verdict.scenario()
                                                        .injections()
                                                        .size()
                                                + verdict.scenario().kills().size())
                                        .thenComparingInt(
                                                verdict -> verdict.trace().size())),
                        same.size()));
        return shortest;
    }
}
