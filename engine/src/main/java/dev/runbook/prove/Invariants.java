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

/** The invariants of every scenario: safe at each point, and at the end either restored or as before. */
final class Invariants {
    static final String PARTLY_RESTORED = "partly restored";

    private static final int DIFFERENCES = 3;

    private final Map<String, SimView> restored;

    /**
     * Invariants with the state that a run without faults reaches.
     *
     * @param restored the state of every node after it
     */
    Invariants(Map<String, SimView> restored) {
        this.restored = withoutInodes(restored);
    }

    Verdict check(ScenarioRun run) {
        var violations = new ArrayList<>(run.nodes().cluster().violations());
        var view = run.view();
        boolean asBefore = view.equals(run.viewBefore());
        boolean done = withoutInodes(view).equals(restored);
        var last = run.outcomes().getLast();
        var end = done && last instanceof RunOutcome.Succeeded
                ? "restored"
                : asBefore ? "as before" : done ? "restored" : PARTLY_RESTORED;
        switch (last) {
            case RunOutcome.Succeeded _ -> {
                if (!done) {
                    violations.add("the run reports success, but " + difference(restored, withoutInodes(view)));
                }
            }
            case RunOutcome.RolledBack _ -> {
                if (!asBefore) {
                    violations.add("the run reports a rollback, but " + difference(run.viewBefore(), view));
                }
            }
            case RunOutcome.NotBegun _ ->
                violations.add("a new controller could not continue although every node was reachable");
            case RunOutcome.Stuck _, RunOutcome.Interrupted _, RunOutcome.TakenOver _, RunOutcome.Undecided _ ->
                violations.add("manual intervention required: " + Trace.outcome(last));
        }
        if (run.outcomes().getFirst() instanceof RunOutcome.Stuck stuck && !stuck.committed() && mustRollBack(run)) {
            violations.add("a single fault before the commit could not be rolled back: " + Trace.outcome(stuck));
        }
        boolean aNodeWasUnreachable =
                run.scenario().injections().stream().anyMatch(injection -> injection.fault() == Fault.DIES);
        // The lock on a host that was unreachable when the run ended is released by `unlock`.
        if (run.nodes().locked() && !aNodeWasUnreachable) {
            violations.add("a lock was not released");
        }
        violations.addAll(lostMemberData(run));
        return new Verdict(
                run.scenario(), end, violations, violations.isEmpty() ? List.of() : Trace.of(run, end, violations));
    }

    private static Map<String, SimView> withoutInodes(Map<String, SimView> views) {
        var plain = new TreeMap<String, SimView>();
        views.forEach((host, view) -> plain.put(host, view.withoutInodes()));
        return plain;
    }

    /** At most one fault, on a node that stays reachable. */
    private static boolean mustRollBack(ScenarioRun run) {
        var injections = run.scenario().injections();
        return run.scenario().kills().isEmpty()
                && injections.size() <= 1
                && injections.stream().noneMatch(one -> one.inRollback() || one.fault() == Fault.DIES);
    }

    /** Member data that existed before the run and exists nowhere after it. */
    private static List<String> lostMemberData(ScenarioRun run) {
        var lost = new ArrayList<String>();
        run.viewBefore().forEach((host, before) -> {
            var present = new TreeSet<String>();
            run.nodes().node(host).tree().all().values().forEach(entry -> present.add(entry.content()));
            before.paths().forEach((path, entry) -> {
                if (entry.isMemberData() && !present.contains(entry.content())) {
                    lost.add(host + ": the member data of " + path + " is lost");
                }
            });
        });
        return lost;
    }

    private static String difference(Map<String, SimView> expected, Map<String, SimView> found) {
        var differences = new ArrayList<String>();
        expected.forEach((host, view) -> {
            var now = Objects.requireNonNull(found.get(host));
            var paths = new TreeSet<>(view.paths().keySet());
            paths.addAll(now.paths().keySet());
            paths.removeIf(
                    path -> Objects.equals(view.paths().get(path), now.paths().get(path)));
            paths.forEach(path -> differences.add(
                    host + ":" + path + " is " + describe(now, path) + " instead of " + describe(view, path)));
            if (!view.units().equals(now.units())) {
                differences.add(host + " has units " + now.units() + " instead of " + view.units());
            }
            if (!view.containers().equals(now.containers())) {
                differences.add(host + " runs containers " + now.containers() + " instead of " + view.containers());
            }
            if (!view.member().equals(now.member())) {
                differences.add(host + " runs member " + now.member() + " instead of " + view.member());
            }
        });
        int more = differences.size() - DIFFERENCES;
        return String.join("; ", differences.subList(0, Math.min(DIFFERENCES, differences.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String describe(SimView view, String path) {
        var entry = view.paths().get(path);
        return entry == null ? "absent" : entry.folder() ? "a folder" : "another file";
    }
}
