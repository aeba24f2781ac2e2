package dev.runbook.cli.inventory;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.load.Loader;
import dev.runbook.load.inventory.Host;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import dev.runbook.survey.ClusterSurvey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running cluster, reached by its inventory alone. Unreachable hosts are reported and omitted, because one member that
 * answers is enough.
 */
public record LiveCluster(NodeSet fleet, ClusterFacts facts) implements AutoCloseable {
    private static final String MEMBERS = "etcd";

    /**
     * Surveys the hosts of the group etcd, or all hosts if there is no such group.
     *
     * @return empty when the inventory is invalid, which is reported then
     */
    public static Optional<LiveCluster> open(Terminal terminal, List<Path> inventories, ConnectionOptions connections)
            throws UsageError {
        if (inventories.isEmpty()) {
            throw new UsageError("no inventory given; try -i FILE");
        }
        var loaded =
                Loader.inventory(TargetOptions.inventoryRequest(inventories).with(Passwords.given(connections)));
        var group = loaded.inventory().groups().get(MEMBERS);
        List<Host> hosts = loaded.inventory().hosts().stream()
                .filter(host -> group == null || group.hosts().contains(host.name()))
                .toList();
        var problems = new ArrayList<>(loaded.problems());
        problems.addAll(Loader.connectionProblems(hosts));
        if (hosts.isEmpty() && problems.stream().noneMatch(Problem::isError)) {
            problems.add(Problem.ofCall(
                    "no-hosts",
                    group == null ? "the inventory has no hosts" : "the group " + MEMBERS + " has no hosts",
                    "add the members to the inventory, or give one that has them with -i"));
        }
        terminal.problems(problems);
        if (problems.stream().anyMatch(Problem::isError)) {
            return Optional.empty();
        }
        var fleet = new NodeSet(HostNodes.open(hosts, Passwords.become(connections), connections));
        var facts = new LinkedHashMap<String, HostFacts>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> survey(fleet, host)).forEach((host, seen) -> {
            switch (seen) {
                case ClusterSurvey.Result.Surveyed(var found) -> facts.putAll(found.hosts());
                case ClusterSurvey.Result.Unreachable(var unreachable, var _) -> terminal.problems(unreachable);
            }
        });
        return Optional.of(new LiveCluster(fleet, new ClusterFacts(facts, Map.of())));
    }

    private static ClusterSurvey.Result survey(NodeSet fleet, String host) {
        var one = new LinkedHashMap<String, dev.runbook.node.Node>();
        one.put(host, fleet.node(host));
        return ClusterSurvey.survey(new NodeSet(one), Map.of(), Clock.systemUTC());
    }

    @Override
    public void close() {
        fleet.close();
    }
}
