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
 * The steps that may run, and the hosts that they must cover.
 *
 * @param knowsHosts whether an inventory names hosts; without one, two placeholders represent all hosts
 * @param idle steps without a host
 * @param expected the hosts that each kind of effect concerns
 */
record LintScope(boolean knowsHosts, List<StepEffect> steps, List<StepEffect> idle, Map<Whose, Set<String>> expected) {
    static final String ETCD = "etcd";
    static final String CONTROL_PLANE = "kube_control_plane";

    /** Represents the hosts of a kind where the inventory names none, so that a missing step is reported. */
    static final String UNNAMED = "a host that the inventory does not name";

    private static final Set<String> CLUSTER = Set.of("cluster");
    private static final String FIRST = "the first host";
    private static final Set<String> PLACEHOLDERS = new LinkedHashSet<>(List.of(FIRST, "the other hosts"));

    static LintScope of(Loaded.Ok loaded) {
        var inventory = loaded.inventory();
        var knowsHosts = !inventory.hosts().isEmpty();
        List<StepEffect> steps = new ArrayList<>();
        List<StepEffect> idle = new ArrayList<>();
        for (var step : loaded.steps()) {
            var hosts = knowsHosts ? hosts(loaded, step) : placeholders(loaded, step);
            var effect = new StepEffect(step, step.call().effects(loaded.inputs()), hosts);
            (hosts.isEmpty() ? idle : steps).add(effect);
        }
        Map<Whose, Set<String>> expected = new EnumMap<>(Whose.class);
        expected.put(Whose.CLUSTER, CLUSTER);
        expected.put(Whose.MEMBERS, knowsHosts ? members(inventory, steps) : PLACEHOLDERS);
        expected.put(Whose.API_SERVERS, knowsHosts ? apiServers(inventory, steps) : PLACEHOLDERS);
        return new LintScope(knowsHosts, steps, idle, expected);
    }

    /** The hosts that an effect concerns. */
    Set<String> expected(Effect effect) {
        return expected.getOrDefault(effect.whose(), Set.of());
    }

    /** The hosts on which a step sets or clears an effect: its own, or the cluster as a whole. */
    static Set<String> covered(StepEffect step, Effect effect) {
        return switch (effect.whose()) {
            case MEMBERS, API_SERVERS -> step.hosts();
            case CLUSTER -> CLUSTER;
        };
    }

    private static Set<String> placeholders(Loaded.Ok loaded, Step step) {
        if (!mayRun(step, Scope.ofInputs(loaded.inputs()), "host.", "vars")) {
            return Set.of();
        }
        return step.runOnce() ? Set.of(FIRST) : PLACEHOLDERS;
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

    /** Whether a step's condition may hold; one on values that are not known yet counts as true. */
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

    /** The group etcd; without one, every host on which a step changes a member. */
    private static Set<String> members(Inventory inventory, List<StepEffect> steps) {
        var group = names(inventory, ETCD);
        return group.isEmpty() ? treated(steps, Whose.MEMBERS) : group;
    }

    /** The group kube_control_plane; a group without hosts says that the cluster has no API servers. */
    private static Set<String> apiServers(Inventory inventory, List<StepEffect> steps) {
        return inventory.groups().containsKey(CONTROL_PLANE)
                ? names(inventory, CONTROL_PLANE)
                : treated(steps, Whose.API_SERVERS);
    }

    private static Set<String> treated(List<StepEffect> steps, Whose whose) {
        Set<String> treated = new LinkedHashSet<>();
        steps.stream().filter(step -> step.changes(whose)).forEach(step -> treated.addAll(step.hosts()));
        return treated.isEmpty() ? Set.of(UNNAMED) : treated;
    }

    private static Set<String> names(Inventory inventory, String group) {
        Set<String> names = new LinkedHashSet<>();
        inventory.inGroup(group).forEach(host -> names.add(host.name()));
        return names;
    }
}
