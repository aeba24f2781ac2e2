package dev.runbook.prove;

import dev.runbook.execute.RunOutcome;
import dev.runbook.node.sim.Fault;
import dev.runbook.node.sim.SimView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold in every world: safe all the way, and at the end either restored or as before. */
final class Invariants {
    private static final int DIFFERENCES = 3;

    private final Map<String, SimView> restored;

    /**
     * With what there is to compare to.
     *
     * @param restored how every node stands when all went well
     */
    Invariants(Map<String, SimView> restored) {
        this.restored = withoutInodes(restored);
    }

    Verdict judge(ScenarioRun trial) {
        var wrong = new ArrayList<>(trial.nodes().cluster().violations());
        var look = trial.view();
        boolean asBefore = look.equals(trial.lookBefore());
        boolean done = withoutInodes(look).equals(restored);
        var last = trial.outcomes().getLast();
        var end = done && last instanceof RunOutcome.Succeeded
                ? "restored"
                : asBefore ? "as before" : done ? "restored" : "in between";
        switch (last) {
            case RunOutcome.Succeeded _ -> {
                if (!done) {
                    wrong.add("it says that it succeeded, and " + difference(restored, withoutInodes(look)));
                }
            }
            case RunOutcome.RolledBack _ -> {
                if (!asBefore) {
                    wrong.add("it says that all is as before, and " + difference(trial.lookBefore(), look));
                }
            }
            case RunOutcome.NotBegun _ -> wrong.add("a fresh controller and a whole fleet could not go on");
            case RunOutcome.Stuck _, RunOutcome.Interrupted _, RunOutcome.Undecided _ ->
                wrong.add("a person is needed: " + Trace.outcome(last));
        }
        if (trial.outcomes().getFirst() instanceof RunOutcome.Stuck stuck && !stuck.committed() && mustGoBack(trial)) {
            wrong.add("one failure before the commit, and it cannot go back: " + Trace.outcome(stuck));
        }
        boolean somebodyWasGone =
                trial.world().injections().stream().anyMatch(injection -> injection.fault() == Fault.DIES);
        // A lock on a host that nobody could reach when the run ended is for `unlock`.
        if (trial.nodes().locked() && !somebodyWasGone) {
            wrong.add("a lock is left behind");
        }
        wrong.addAll(lost(trial));
        return new Verdict(trial.world(), end, wrong, wrong.isEmpty() ? List.of() : Trace.of(trial, end, wrong));
    }

    private static Map<String, SimView> withoutInodes(Map<String, SimView> looks) {
        var plain = new TreeMap<String, SimView>();
        looks.forEach((host, look) -> plain.put(host, look.withoutInodes()));
        return plain;
    }

    /** A single failure, on a node that stays. */
    private static boolean mustGoBack(ScenarioRun trial) {
        var injections = trial.world().injections();
        return trial.world().kills().isEmpty()
                && injections.size() <= 1
                && injections.stream().noneMatch(one -> one.back() || one.fault() == Fault.DIES);
    }

    /** Data of members that were there before and are nowhere now. */
    private static List<String> lost(ScenarioRun trial) {
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

    private static String difference(Map<String, SimView> expected, Map<String, SimView> found) {
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

    private static String thing(SimView look, String path) {
        var thing = look.paths().get(path);
        return thing == null ? "not there" : thing.folder() ? "a folder" : "another file";
    }
}
