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

/** Looks at every host of a play at once. */
public final class ClusterSurvey {
    private ClusterSurvey() {}

    /** What came of it: facts of all hosts, or why some could not be looked at. */
    public sealed interface Result {
        record Seen(ClusterFacts facts) implements Result {}

        record Unreachable(List<Problem> problems) implements Result {}
    }

    private sealed interface One {
        record Seen(HostFacts facts) implements One {}

        record Lost(Problem problem) implements One {}
    }

    /**
     * Looks.
     *
     * @param groups hosts by group, as the inventory says
     */
    public static Result look(NodeSet fleet, Map<String, List<String>> groups, Clock clock) {
        var seen = new LinkedHashMap<String, HostFacts>();
        var problems = new ArrayList<Problem>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> one(fleet, host, clock)).forEach((host, result) -> {
            switch (result) {
                case One.Seen(var facts) -> seen.put(host, facts);
                case One.Lost(var problem) -> problems.add(problem);
            }
        });
        return problems.isEmpty() ? new Result.Seen(new ClusterFacts(seen, groups)) : new Result.Unreachable(problems);
    }

    private static One one(NodeSet fleet, String host, Clock clock) {
        try {
            return new One.Seen(new HostSurvey(fleet.node(host), clock).look());
        } catch (NodeUnreachable e) {
            // The host stands in front of every problem.
            var why = String.valueOf(e.getMessage());
            var said = why.startsWith(host + ": ") ? why.substring(host.length() + 2) : why;
            return new One.Lost(Problem.on(host, "unreachable", said, e.next()));
        }
    }
}
