package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.load.Loader;
import dev.runbook.load.inventory.Host;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import dev.runbook.survey.ClusterSurvey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running cluster reached by its inventory alone. Hosts that cannot be reached are told and left out: one member that
 * answers is enough.
 */
public record LiveCluster(NodeSet fleet, ClusterFacts facts) implements AutoCloseable {
    private static final String MEMBERS = "etcd";

    /**
     * Looks at the hosts of group etcd, or at all where there is no such group.
     *
     * @return nothing when the inventory is wrong, which has been told then
     */
    public static Optional<LiveCluster> open(Terminal terminal, List<Path> inventories, ConnectionOptions connections)
            throws UsageError {
        if (inventories.isEmpty()) {
            throw new UsageError("no inventory: give one with -i FILE");
        }
        var loaded = Loader.inventory(
                TargetOptions.request(Path.of(""), inventories, List.of(), Optional.empty(), List.of()));
        terminal.problems(loaded.problems());
        if (loaded.problems().stream().anyMatch(Problem::isError)) {
            return Optional.empty();
        }
        var group = loaded.inventory().groups().get(MEMBERS);
        List<Host> hosts = loaded.inventory().hosts().stream()
                .filter(host -> group == null || group.hosts().contains(host.name()))
                .toList();
        var fleet = new NodeSet(PlanPreparation.open(hosts, Passwords.become(connections), connections));
        var facts = new LinkedHashMap<String, HostFacts>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> look(fleet, host)).forEach((host, seen) -> {
            switch (seen) {
                case ClusterSurvey.Result.Surveyed(var found) -> facts.putAll(found.hosts());
                case ClusterSurvey.Result.Unreachable(var problems) -> terminal.problems(problems);
            }
        });
        return Optional.of(new LiveCluster(fleet, new ClusterFacts(facts, Map.of())));
    }

    private static ClusterSurvey.Result look(NodeSet fleet, String host) {
        var one = new LinkedHashMap<String, dev.runbook.node.Node>();
        one.put(host, fleet.node(host));
        return ClusterSurvey.survey(new NodeSet(one), Map.of(), Clock.systemUTC());
    }

    @Override
    public void close() {
        fleet.close();
    }
}
