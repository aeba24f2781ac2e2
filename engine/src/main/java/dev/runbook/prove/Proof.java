package dev.runbook.prove;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What came of all worlds.
 *
 * @param kinds worlds by kind, in the order in which they were tried
 * @param bad the ones that ended elsewhere
 */
public record Proof(SequencedMap<String, Integer> kinds, SequencedMap<String, Integer> ends, List<Verdict> bad) {
    public Proof {
        kinds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kinds));
        ends = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ends));
        bad = List.copyOf(bad);
    }

    static Proof of(List<Verdict> verdicts) {
        var kinds = new LinkedHashMap<String, Integer>();
        var ends = new LinkedHashMap<String, Integer>();
        for (var verdict : verdicts) {
            kinds.merge(verdict.world().kind(), 1, Integer::sum);
            ends.merge(verdict.end(), 1, Integer::sum);
        }
        return new Proof(
                kinds,
                ends,
                verdicts.stream().filter(verdict -> !verdict.good()).toList());
    }

    /** How many worlds were tried. */
    public int worlds() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Bad worlds, one for each cause: the one with the fewest faults and the shortest story. */
    public SequencedMap<Verdict, Integer> causes() {
        var causes = new LinkedHashMap<String, List<Verdict>>();
        bad.forEach(verdict ->
                causes.computeIfAbsent(verdict.cause(), _ -> new ArrayList<>()).add(verdict));
        var shortest = new LinkedHashMap<Verdict, Integer>();
        causes.values()
                .forEach(same -> shortest.put(
                        Collections.min(
                                same,
                                Comparator.<Verdict>comparingInt(verdict -> verdict.world()
                                                        .injections()
                                                        .size()
                                                + verdict.world().kills().size())
                                        .thenComparingInt(
                                                verdict -> verdict.story().size())),
                        same.size()));
        return shortest;
    }
}
