package dev.runbook.lint;

import dev.runbook.load.Loaded;
import dev.runbook.load.Step;
import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps that are going to run, and the hosts that they must cover.
 *
 * @param knowsHosts whether an inventory tells hosts; else a first and another one stand in for all
 * @param expected the hosts that each kind of mark is about
 */
record LintScope(boolean knowsHosts, List<StepEffect> acts, Map<Whose, Set<String>> expected) {
    static final String ETCD = "etcd";
    static final String CONTROL_PLANE = "kube_control_plane";

    /** Stands in for hosts where the inventory names none of a kind, so that a step that nobody wrote is missed. */
    static final String SOMEBODY = "somebody";

    private static final Set<String> CLUSTER = Set.of("cluster");
    private static final String FIRST = "the first host";
    private static final Set<String> STAND_INS = new LinkedHashSet<>(List.of(FIRST, "the other hosts"));

    static LintScope of(Loaded.Ok loaded) {
        var inventory = loaded.inventory();
        var knowsHosts = !inventory.hosts().isEmpty();
        List<StepEffect> acts = new ArrayList<>();
        for (var step : loaded.steps()) {
            var hosts = knowsHosts ? hosts(loaded, step) : standIns(loaded, step);
            if (!hosts.isEmpty()) {
                acts.add(new StepEffect(step, step.call().effects(loaded.inputs()), hosts));
            }
        }
        Map<Whose, Set<String>> expected = new EnumMap<>(Whose.class);
        expected.put(Whose.CLUSTER, CLUSTER);
        expected.put(Whose.MEMBERS, knowsHosts ? members(inventory, acts) : STAND_INS);
        expected.put(Whose.API_SERVERS, knowsHosts ? apiServers(inventory, acts) : STAND_INS);
        return new LintScope(knowsHosts, acts, expected);
    }

    /** The hosts that a mark is about. */
    Set<String> expected(Effect mark) {
        return expected.getOrDefault(mark.whose(), Set.of());
    }

    /** The hosts that a step marks: its own, or all as one. */
    static Set<String> marked(StepEffect act, Effect mark) {
        return switch (mark.whose()) {
            case MEMBERS, API_SERVERS -> act.hosts();
            case CLUSTER -> CLUSTER;
        };
    }

    private static Set<String> standIns(Loaded.Ok loaded, Step step) {
        if (!mayRun(step, Scope.ofInputs(loaded.inputs()), "host.", "vars")) {
            return Set.of();
        }
        return step.runOnce() ? Set.of(FIRST) : STAND_INS;
    }

    private static Set<String> hosts(Loaded.Ok loaded, Step step) {
        var hosts = loaded.hostsOf(step);
        var reached = step.runOnce() && hosts.size() > 1 ? hosts.subList(0, 1) : hosts;
        Set<String> names = new LinkedHashSet<>();
        reached.stream()
                .filter(host -> mayRun(step, new Scope(host, loaded.inputs(), Map.of(), "")))
                .forEach(host -> names.add(host.name()));
        return names;
    }

    /** A condition on what is not known yet counts as one that holds. */
    private static boolean mayRun(Step step, Scope scope, String... alsoUnknown) {
        if (step.when().isEmpty()) {
            return true;
        }
        var condition = step.when().get();
        var isUnknown = condition.references().stream()
                .anyMatch(name -> name.startsWith("steps.")
                        || name.startsWith("run.")
                        || List.of(alsoUnknown).stream().anyMatch(name::startsWith));
        if (isUnknown) {
            return true;
        }
        return switch (condition.holds(scope)) {
            case Bound.Ok<Boolean>(Boolean holds) -> holds;
            case Bound.Failed<Boolean> unknown -> true;
        };
    }

    /** The group etcd; where there is none, every host that some step treats as a member. */
    private static Set<String> members(Inventory inventory, List<StepEffect> acts) {
        var group = names(inventory, ETCD);
        return group.isEmpty() ? treated(acts, Whose.MEMBERS) : group;
    }

    /** The group kube_control_plane: given without hosts it says that there are no API servers to care for. */
    private static Set<String> apiServers(Inventory inventory, List<StepEffect> acts) {
        return inventory.groups().containsKey(CONTROL_PLANE)
                ? names(inventory, CONTROL_PLANE)
                : treated(acts, Whose.API_SERVERS);
    }

    private static Set<String> treated(List<StepEffect> acts, Whose whose) {
        Set<String> treated = new LinkedHashSet<>();
        acts.stream().filter(act -> act.actsOn(whose)).forEach(act -> treated.addAll(act.hosts()));
        return treated.isEmpty() ? Set.of(SOMEBODY) : treated;
    }

    private static Set<String> names(Inventory inventory, String group) {
        Set<String> names = new LinkedHashSet<>();
        inventory.inGroup(group).forEach(host -> names.add(host.name()));
        return names;
    }
}
