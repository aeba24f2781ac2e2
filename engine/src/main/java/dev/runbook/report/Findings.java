package dev.runbook.report;

import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Problem;
import dev.runbook.plan.Plan;
import dev.runbook.prove.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one invocation found and did; the input of its reports.
 *
 * @param command such as {@code apply}
 * @param subject what the command applies to, as the command line names it, such as a runbook's file
 * @param problems in the order in which they were found
 * @param plan if one was made
 * @param events of the run, if one began
 * @param proof of the plan, if it was run on simulated nodes
 */
public record Findings(
        String command,
        String subject,
        Instant began,
        Duration took,
        List<Problem> problems,
        Optional<Plan> plan,
        List<RunEvent> events,
        Optional<RunOutcome> outcome,
        Optional<Proof> proof) {
    public Findings {
        problems = List.copyOf(problems);
        events = List.copyOf(events);
    }

    public List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }

    public List<Problem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }

    /** Results by step and host: as planned, and as far as the run got. */
    public List<StepResult> steps() {
        return StepResults.of(plan, events);
    }
}
