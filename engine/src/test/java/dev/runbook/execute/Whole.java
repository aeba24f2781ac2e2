package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.RunEvent;
import dev.runbook.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An undisturbed run: its events, and how it leaves the hosts. */
record Whole(List<RunEvent> events, Map<String, String> look) {
    static Whole of(Setting setting, Plan plan) {
        var fleet = new MemoryFleet(setting.facts());
        var events = new ArrayList<RunEvent>();
        assertThat(fleet.apply(plan, events::add, _ -> {})).isEqualTo(new RunOutcome.Succeeded());
        return new Whole(events, everything(fleet));
    }

    /** All there is on the nodes, the run's own folders too, but for the numbers of inodes. */
    static Map<String, String> everything(MemoryFleet fleet) {
        var looks = new TreeMap<String, String>();
        fleet.nodes.forEach((host, node) -> {
            node.tree()
                    .all()
                    .forEach((path, thing) -> looks.put(host + ":" + path, thing.content() + thing.attributes()));
            looks.put(
                    host,
                    node.services().units() + " " + node.services().containers() + " "
                            + fleet.cluster.members().get(host));
        });
        return looks;
    }
}
