package dev.runbook.report.line;

import dev.runbook.step.Doc;
import java.util.List;

/** Lines about a plan that was run in every failure scenario. */
public sealed interface ProofLine extends Line {
    @Doc("Result of a plan in every failure scenario.")
    record Proved(
            String runbook,
            @Doc("Number of scenarios that were run.") int scenarios,

            @Doc("Number of scenarios that violate an invariant.")
            int failed,

            @Doc("Scenarios by their faults, in the order in which they were run.")
            List<Count> kinds,

            @Doc("Scenarios by the state in which they ended.")
            List<Count> ends,

            @Doc("In seconds.") double took)
            implements ProofLine {}

    @Doc("Number of scenarios of one name.")
    record Count(String name, int count) {}

    @Doc("A scenario that violates an invariant, shown for all that do so for the same cause.")
    record FailedScenario(
            @Doc("Its faults.") String kind,

            @Doc("Number of scenarios with this cause.") int count,

            @Doc("The state in which it ended.") String end,

            @Doc("Violated invariants, one sentence each.") List<String> violations,

            @Doc("What happened, line by line.") List<String> trace)
            implements ProofLine {}
}
