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
 * All that one call of the program found and did; what its reports are made of.
 *
 * @param command such as {@code apply}
 * @param subject what it was about, as the call names it, such as a runbook's file
 * @param problems in the order in which they were found
 * @param plan where it came to one
 * @param events of the run, where one began
 * @param proof of the plan, where it was tried on simulated nodes
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

    /** Step by step and host by host: as planned, and as far as the run came. */
    public List<StepResult> steps() {
        return StepResults.of(plan, events);
    }
}
