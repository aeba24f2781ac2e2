package dev.runbook.cli.apply;

import dev.runbook.execute.RunOutcome;
import dev.runbook.execute.Takeover;
import dev.runbook.model.Failure;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Check whether a run has begun on nodes, also from another machine: each node stores the plan before its first action. */
final class RunsOnNodes {
    private RunsOnNodes() {}

    static List<Problem> problems(NodeSet fleet, String run) {
        var problems = new ArrayList<Problem>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> check(fleet, host, run))
                .values()
                .forEach(problem -> problem.ifPresent(problems::add));
        return problems;
    }

    /** The same for the pre-apply check under the locks, when no other controller can begin the run. */
    static List<RunOutcome.Leftover> begun(NodeSet fleet, String run) {
        var reasons = new ArrayList<RunOutcome.Leftover>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> check(fleet, host, run))
                .forEach((host, problem) -> problem.ifPresent(found -> reasons.add(new RunOutcome.Leftover(
                        host,
                        "pre-apply check",
                        "begin the plan",
                        Failure.of(found.summary() + "; " + found.next())))));
        return reasons;
    }

    private static Optional<Problem> check(NodeSet fleet, String host, String run) {
        try {
            return Takeover.plan(fleet, host, run).isEmpty()
                    ? Optional.empty()
                    : Optional.of(begun(host, run, "this host has its plan"));
        } catch (IOException e) {
            return Optional.of(begun(host, run, "its journal on this host is damaged: " + e.getMessage()));
        } catch (NodeUnreachable e) {
            return Optional.of(Problem.on(host, "unreachable", e.without(host), e.next()));
        }
    }

    private static Problem begun(String host, String run, String why) {
        return Problem.on(
                host, "plan-was-used", "this plan was already applied, as run " + run + ": " + why, "plan again");
    }
}
