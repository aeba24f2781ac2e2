package dev.runbook.report.junit;

import dev.runbook.execute.RunOutcome;
import dev.runbook.model.Problem;
import dev.runbook.prove.Proof;
import dev.runbook.report.FailureText;
import dev.runbook.report.Findings;
import dev.runbook.report.ProblemText;
import dev.runbook.report.StepResult;
import dev.runbook.report.Style;
import dev.runbook.report.junit.JunitSuite.Case;
import dev.runbook.report.junit.JunitSuite.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Findings as suites: the problems, each step with a case per host, the rollback, and the outcome. */
public final class FindingsSuites {
    private static final String VIOLATION = "invariant-violation";

    private final Findings findings;

    private FindingsSuites(Findings findings) {
        this.findings = findings;
    }

    public static List<JunitSuite> of(Findings findings) {
        return new FindingsSuites(findings).suites();
    }

    private List<JunitSuite> suites() {
        var suites = new ArrayList<JunitSuite>();
        suites.add(problems());
        if (findings.proof().isPresent()) {
            suites.add(suite("failure scenarios", scenarios(findings.proof().get())));
            return suites;
        }
        findings.steps().forEach(step -> suites.add(forward(step)));
        var rollback = findings.steps().reversed().stream()
                .flatMap(step -> rollback(step).stream())
                .toList();
        if (!rollback.isEmpty()) {
            suites.add(suite("rollback", rollback));
        }
        findings.outcome().ifPresent(outcome -> suites.add(suite("outcome", List.of(ended(outcome)))));
        return suites;
    }

    /** A case for each kind of scenario, and one for each cause of a violation. */
    private List<Case> scenarios(Proof proof) {
        var failed = new HashMap<String, Integer>();
        proof.failed().forEach(verdict -> failed.merge(verdict.scenario().kind(), 1, Integer::sum));
        var cases = new ArrayList<Case>();
        proof.kinds().forEach((kind, count) -> {
            int violations = failed.getOrDefault(kind, 0);
            var name = kind + ": " + count + (count == 1 ? " scenario" : " scenarios");
            cases.add(new Case(
                    findings.subject(),
                    name,
                    Duration.ZERO,
                    violations == 0
                            ? new Result.Passed()
                            : new Result.Failed(violations + " of them violate an invariant", VIOLATION, "")));
        });
        proof.causes().forEach((verdict, count) -> {
            var text = String.join("\n", verdict.trace());
            cases.add(new Case(
                    findings.subject(),
                    "shortest trace of " + count + (count == 1 ? " failed scenario" : " failed scenarios"),
                    Duration.ZERO,
                    new Result.Failed(verdict.violations().getFirst(), VIOLATION, text)));
        });
        return cases;
    }

    private JunitSuite suite(String name, List<Case> cases) {
        return new JunitSuite(findings.command() + " " + findings.subject() + ": " + name, findings.began(), cases, "");
    }

    private JunitSuite problems() {
        var cases = new ArrayList<Case>();
        findings.errors()
                .forEach(problem -> cases.add(new Case(
                        where(problem),
                        problem.code() + ": " + problem.summary(),
                        Duration.ZERO,
                        new Result.Failed(problem.summary(), problem.code(), text(List.of(problem))))));
        if (cases.isEmpty()) {
            cases.add(new Case(
                    findings.subject(),
                    "checks passed",
                    findings.outcome().isPresent() ? Duration.ZERO : findings.took(),
                    new Result.Passed()));
        }
        return new JunitSuite(
                findings.command() + " " + findings.subject() + ": problems",
                findings.began(),
                cases,
                text(findings.warnings()));
    }

    private static String text(List<Problem> problems) {
        return ProblemText.of(problems, false);
    }

    private String where(Problem problem) {
        return switch (problem.where()) {
            case Problem.Where.InText(var position) -> position.file();
            case Problem.Where.OnHost(var host, var step) -> host;
            case Problem.Where.InCall() -> findings.subject();
        };
    }

    private JunitSuite forward(StepResult step) {
        var cases = new ArrayList<Case>();
        step.hosts()
                .forEach((host, on) -> cases.add(new Case(
                        label(step),
                        host,
                        on.took(),
                        on.failed().map(FindingsSuites::failed).orElse(result(on)))));
        return suite(label(step), cases);
    }

    /** Without a run, the plan alone is a success. */
    private Result result(StepResult.OnHost on) {
        if (findings.events().isEmpty()) {
            return new Result.Passed();
        }
        return switch (on.progress()) {
            case DONE -> new Result.Passed();
            case NOT_REACHED -> new Result.Skipped("the run did not reach this step");
            case IN_PART ->
                new Result.Skipped(
                        "the step ended early, because it failed on another host or the run was interrupted");
            case FAILED -> new Result.Failed("failed", "failed", "");
        };
    }

    private static List<Case> rollback(StepResult step) {
        var cases = new ArrayList<Case>();
        step.hosts().forEach((host, on) -> {
            if (on.rolledBack()) {
                cases.add(new Case(
                        "roll back " + label(step),
                        host,
                        Duration.ZERO,
                        on.notUndone().map(FindingsSuites::failed).orElse(new Result.Passed())));
            }
        });
        return cases;
    }

    private static Result failed(StepResult.FailedAction failed) {
        return new Result.Failed(
                "could not " + failed.action() + ": " + failed.failure().summary(),
                "action-failed",
                String.join("\n", FailureText.detail(failed.failure())));
    }

    private Case ended(RunOutcome outcome) {
        var text = String.join("\n", new FailureText(Style.PLAIN).outcome(outcome));
        var result = switch (outcome) {
            case RunOutcome.Succeeded _ -> new Result.Passed();
            case RunOutcome.RolledBack _ ->
                new Result.Failed("rolled back: every host is as before the run", "rolled-back", text);
            case RunOutcome.Interrupted _ ->
                new Result.Failed("interrupted: the run can be resumed or rolled back", "interrupted", text);
            case RunOutcome.TakenOver _ ->
                new Result.Failed("taken over: another controller has the run", "taken-over", text);
            case RunOutcome.Stuck _ -> new Result.Failed("stuck: manual intervention required", "stuck", text);
            case RunOutcome.Undecided _ ->
                new Result.Failed("undecided: needs your decision on programs in doubt", "undecided", text);
            case RunOutcome.NotBegun _ -> new Result.Failed("not begun: no host was touched", "not-begun", text);
        };
        return new Case(findings.subject(), "the run succeeds", findings.took(), result);
    }

    private static String label(StepResult step) {
        return (step.index() + 1) + ". " + step.name();
    }
}
