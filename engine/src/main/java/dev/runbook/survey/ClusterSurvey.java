package dev.runbook.survey;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the facts of all hosts of a play concurrently. */
public final class ClusterSurvey {
    private ClusterSurvey() {}

    /** Facts of all hosts, or the reasons why some could not be read. */
    public sealed interface Result {
        record Surveyed(ClusterFacts facts) implements Result {}

        /**
         * Not all hosts can be reached.
         *
         * @param problems one a host
         * @param others facts of the hosts that can be
         */
        record Unreachable(List<Problem> problems, ClusterFacts others) implements Result {}
    }

    private sealed interface HostResult {
        record Surveyed(HostFacts facts) implements HostResult {}

        record Unreachable(Problem problem) implements HostResult {}
    }

    /**
     * Surveys the hosts.
     *
     * @param groups hosts by group, from the inventory
     */
    public static Result survey(NodeSet fleet, Map<String, List<String>> groups, Clock clock) {
        return survey(fleet, groups, clock, _ -> {});
    }

    /**
     * The same for a caller that shows what is waited for.
     *
     * @param finished is told of each host that has answered or cannot be reached, from the host's thread
     */
    public static Result survey(
            NodeSet fleet, Map<String, List<String>> groups, Clock clock, Consumer<String> finished) {
        var surveyed = new LinkedHashMap<String, HostFacts>();
        var problems = new ArrayList<Problem>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> {
                    var result = survey(fleet, host, clock);
                    finished.accept(host);
                    return result;
                })
                .forEach((host, result) -> {
                    switch (result) {
                        case HostResult.Surveyed(var facts) -> surveyed.put(host, facts);
                        case HostResult.Unreachable(var problem) -> problems.add(problem);
                    }
                });
        CrossCheck.of(fleet, surveyed);
        var facts = new ClusterFacts(surveyed, groups);
        return problems.isEmpty() ? new Result.Surveyed(facts) : new Result.Unreachable(problems, facts);
    }

    private static HostResult survey(NodeSet fleet, String host, Clock clock) {
        try {
            return new HostResult.Surveyed(new HostSurvey(fleet.node(host), clock).survey());
        } catch (NodeUnreachable e) {
            return new HostResult.Unreachable(Problem.on(host, "unreachable", e.without(host), e.next()));
        }
    }
}
