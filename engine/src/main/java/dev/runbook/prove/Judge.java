package dev.runbook.prove;

import dev.runbook.execute.Outcome;
import dev.runbook.node.sim.Fault;
import dev.runbook.node.sim.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold in every world: safe all the way, and at the end either restored or as before. */
final class Judge {
    private static final int DIFFERENCES = 3;

    private final Map<String, Look> restored;

    /**
     * With what there is to compare to.
     *
     * @param restored how every node stands when all went well
     */
    Judge(Map<String, Look> restored) {
        this.restored = withoutInodes(restored);
    }

    Verdict judge(Trial trial) {
        var wrong = new ArrayList<>(trial.nodes().cluster().violations());
        var look = trial.look();
        boolean asBefore = look.equals(trial.lookBefore());
        boolean done = withoutInodes(look).equals(restored);
        var last = trial.outcomes().getLast();
        var end = done && last instanceof Outcome.Succeeded
                ? "restored"
                : asBefore ? "as before" : done ? "restored" : "in between";
        switch (last) {
            case Outcome.Succeeded _ -> {
                if (!done) {
                    wrong.add("it says that it succeeded, and " + difference(restored, withoutInodes(look)));
                }
            }
            case Outcome.RolledBack _ -> {
                if (!asBefore) {
                    wrong.add("it says that all is as before, and " + difference(trial.lookBefore(), look));
                }
            }
            case Outcome.NotBegun _ -> wrong.add("a fresh controller and a whole fleet could not go on");
            case Outcome.Stuck _, Outcome.Interrupted _, Outcome.Undecided _ ->
                wrong.add("a person is needed: " + Story.outcome(last));
        }
        if (trial.outcomes().getFirst() instanceof Outcome.Stuck stuck && !stuck.committed() && mustGoBack(trial)) {
            wrong.add("one failure before the commit, and it cannot go back: " + Story.outcome(stuck));
        }
        boolean somebodyWasGone =
                trial.world().injections().stream().anyMatch(injection -> injection.fault() == Fault.DIES);
        // A lock on a host that nobody could reach when the run ended is for `unlock`.
        if (trial.nodes().locked() && !somebodyWasGone) {
            wrong.add("a lock is left behind");
        }
        wrong.addAll(lost(trial));
        return new Verdict(trial.world(), end, wrong, wrong.isEmpty() ? List.of() : Story.of(trial, end, wrong));
    }

    private static Map<String, Look> withoutInodes(Map<String, Look> looks) {
        var plain = new TreeMap<String, Look>();
        looks.forEach((host, look) -> plain.put(host, look.withoutInodes()));
        return plain;
    }

    /** A single failure, on a node that stays. */
    private static boolean mustGoBack(Trial trial) {
        var injections = trial.world().injections();
        return trial.world().kills().isEmpty()
                && injections.size() <= 1
                && injections.stream().noneMatch(one -> one.back() || one.fault() == Fault.DIES);
    }

    /** Data of members that were there before and are nowhere now. */
    private static List<String> lost(Trial trial) {
        var lost = new ArrayList<String>();
        trial.lookBefore().forEach((host, before) -> {
            var kept = new TreeSet<String>();
            trial.nodes().node(host).tree().all().values().forEach(thing -> kept.add(thing.content()));
            before.paths().forEach((path, thing) -> {
                if (thing.isMemberData() && !kept.contains(thing.content())) {
                    lost.add(host + ": the data that stood in " + path + " are gone");
                }
            });
        });
        return lost;
    }

    private static String difference(Map<String, Look> expected, Map<String, Look> found) {
        var differences = new ArrayList<String>();
        expected.forEach((host, look) -> {
            var now = Objects.requireNonNull(found.get(host));
            var paths = new TreeSet<>(look.paths().keySet());
            paths.addAll(now.paths().keySet());
            paths.removeIf(
                    path -> Objects.equals(look.paths().get(path), now.paths().get(path)));
            paths.forEach(path -> differences.add(
                    host + ":" + path + " is " + thing(now, path) + " instead of " + thing(look, path)));
            if (!look.units().equals(now.units())) {
                differences.add(host + " has units " + now.units() + " instead of " + look.units());
            }
            if (!look.containers().equals(now.containers())) {
                differences.add(host + " runs containers " + now.containers() + " instead of " + look.containers());
            }
            if (!look.member().equals(now.member())) {
                differences.add(host + " runs member " + now.member() + " instead of " + look.member());
            }
        });
        int more = differences.size() - DIFFERENCES;
        return String.join("; ", differences.subList(0, Math.min(DIFFERENCES, differences.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String thing(Look look, String path) {
        var thing = look.paths().get(path);
        return thing == null ? "not there" : thing.folder() ? "a folder" : "another file";
    }
}
