package dev.runbook.cli;

import dev.runbook.model.Answer;
import dev.runbook.model.Problem;
import dev.runbook.model.Query;
import dev.runbook.node.Fleet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.ShellSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a run has begun on nodes: from another machine, whose records are not here. */
final class RunsOnNodes {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private RunsOnNodes() {}

    static List<Problem> problems(Fleet fleet, String run) {
        var folder = ShellSettings.usual().runFolder() + "/runs/" + run;
        var problems = new ArrayList<Problem>();
        Fleet.onEach(fleet.nodes().keySet(), host -> one(fleet, host, folder, run))
                .values()
                .forEach(problem -> problem.ifPresent(problems::add));
        return problems;
    }

    private static Optional<Problem> one(Fleet fleet, String host, String folder, String run) {
        try {
            var answer = fleet.node(host)
                    .ask(List.of(new Query.Stat(folder)), DEADLINE)
                    .getFirst();
            return answer instanceof Answer.Missing
                    ? Optional.empty()
                    : Optional.of(Problem.on(
                            host,
                            "plan-was-used",
                            "this plan has begun already, as run " + run + ": " + folder + " is there",
                            "plan again"));
        } catch (NodeUnreachable e) {
            return Optional.of(Problem.on(host, "unreachable", String.valueOf(e.getMessage()), e.next()));
        }
    }
}
