package dev.runbook.load.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of host patterns on any inventory. */
@SuppressWarnings("NullAway") // Groups are looked up by names that were just put in.
class HostPatternPropertyTest {
    private static final List<String> GROUPS = List.of("a", "b", "c");

    @Property
    void anExcludedPatternSelectsNoHost(
            @ForAll("inventories") Inventory inventory, @ForAll("patterns") String pattern) {
        assertThat(select(inventory, pattern + ":!" + pattern.replace(":", ":!")))
                .isEmpty();
    }

    @Property
    void aPatternAndItselfIsItself(@ForAll("inventories") Inventory inventory, @ForAll("groups") String group) {
        assertThat(select(inventory, group + ":&" + group)).isEqualTo(select(inventory, group));
        assertThat(select(inventory, group + "," + group)).isEqualTo(select(inventory, group));
    }

    @Property
    void groupsBehaveAsSets(
            @ForAll("inventories") Inventory inventory, @ForAll("groups") String left, @ForAll("groups") String right) {
        var lefts = inventory.groups().get(left).hosts();
        var rights = inventory.groups().get(right).hosts();
        Set<String> both = new HashSet<>(lefts);
        both.retainAll(rights);
        Set<String> leftOnly = new HashSet<>(lefts);
        leftOnly.removeAll(rights);
        Set<String> either = new HashSet<>(lefts);
        either.addAll(rights);
        assertThat(select(inventory, left + ":&" + right)).containsExactlyInAnyOrderElementsOf(both);
        assertThat(select(inventory, left + ":!" + right)).containsExactlyInAnyOrderElementsOf(leftOnly);
        assertThat(select(inventory, left + "," + right)).containsExactlyInAnyOrderElementsOf(either);
    }

    @Property
    void theOrderIsTheInventorys(@ForAll("inventories") Inventory inventory, @ForAll("patterns") String pattern) {
        var all = inventory.hosts().stream().map(Host::name).toList();
        assertThat(select(inventory, pattern))
                .isEqualTo(all.stream()
                        .filter(select(inventory, pattern)::contains)
                        .toList());
    }

    @Property
    void allPatternsForEveryHostAgree(@ForAll("inventories") Inventory inventory) {
        var all = inventory.hosts().stream().map(Host::name).toList();
        for (var pattern : List.of("all", "*", "~h\\d", "h?,!nothing*", "!nothing*")) {
            assertThat(select(inventory, pattern)).as(pattern).isEqualTo(all);
        }
    }

    @Provide
    Arbitrary<String> groups() {
        return Arbitraries.of(GROUPS);
    }

    @Provide
    Arbitrary<String> patterns() {
        return groups().list().ofMinSize(1).ofMaxSize(3).map(names -> String.join(":", names));
    }

    @Provide
    Arbitrary<Inventory> inventories() {
        return Arbitraries.integers()
                .between(0, 7)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(memberships -> {
                    List<Host> hosts = new ArrayList<>();
                    Map<String, Set<String>> members = new LinkedHashMap<>();
                    GROUPS.forEach(group -> members.put(group, new HashSet<>()));
                    for (var i = 0; i < memberships.size(); i++) {
                        // Names run against the order of the inventory, so that sorting would be noticed.
                        var name = "h" + (9 - i);
                        var here =
                                new HostConnection.Usable(new Connection.Local(new Connection.Become.No()), List.of());
                        hosts.add(new Host(name, List.of(), Map.of(), here));
                        for (var bit = 0; bit < GROUPS.size(); bit++) {
                            if ((memberships.get(i) >> bit & 1) == 1) {
                                members.get(GROUPS.get(bit)).add(name);
                            }
                        }
                    }
                    Map<String, Group> groups = new LinkedHashMap<>();
                    groups.put(
                            "all",
                            new Group(
                                    "all",
                                    GROUPS,
                                    new HashSet<>(hosts.stream().map(Host::name).toList()),
                                    hosts.stream().map(Host::name).toList()));
                    members.forEach(
                            (name, names) -> groups.put(name, new Group(name, List.of(), names, List.copyOf(names))));
                    return new Inventory(hosts, groups);
                });
    }

    private static List<String> select(Inventory inventory, String pattern) {
        var parsed = new HostPatternParser(problem -> {
                    throw new AssertionError(problem.summary());
                })
                .parseCall(pattern)
                .orElseThrow();
        return parsed.select(inventory).hosts().stream().map(Host::name).toList();
    }
}
