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

/** Whether a run has begun on nodes, also from another machine: each keeps its plan before anything is done on it. */
final class RunsOnNodes {
    private RunsOnNodes() {}

    static List<Problem> problems(NodeSet fleet, String run) {
        var problems = new ArrayList<Problem>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> one(fleet, host, run))
                .values()
                .forEach(problem -> problem.ifPresent(problems::add));
        return problems;
    }

    /** The same for a last look with the locks held, when no other controller can begin it. */
    static List<RunOutcome.Leftover> begun(NodeSet fleet, String run) {
        var reasons = new ArrayList<RunOutcome.Leftover>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> one(fleet, host, run))
                .forEach((host, problem) -> problem.ifPresent(found -> reasons.add(new RunOutcome.Leftover(
                        host, "last look", "begin the plan", Failure.of(found.summary() + "; " + found.next())))));
        return reasons;
    }

    private static Optional<Problem> one(NodeSet fleet, String host, String run) {
        try {
            return Takeover.plan(fleet, host, run).isEmpty()
                    ? Optional.empty()
                    : Optional.of(begun(host, run, "this host keeps its plan"));
        } catch (IOException e) {
            return Optional.of(begun(host, run, "what this host keeps of it is damaged: " + e.getMessage()));
        } catch (NodeUnreachable e) {
            return Optional.of(Problem.on(host, "unreachable", String.valueOf(e.getMessage()), e.next()));
        }
    }

    private static Problem begun(String host, String run, String why) {
        return Problem.on(
                host, "plan-was-used", "this plan has begun already, as run " + run + ": " + why, "plan again");
    }
}
