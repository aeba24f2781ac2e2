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

/** Findings as suites: one of problems, one a step with a case a host, one of the way back, and how it ended. */
public final class FindingsSuites {
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
            suites.add(suite("worlds", worlds(findings.proof().get())));
            return suites;
        }
        findings.steps().forEach(step -> suites.add(forward(step)));
        var back = findings.steps().reversed().stream()
                .flatMap(step -> back(step).stream())
                .toList();
        if (!back.isEmpty()) {
            suites.add(suite("rollback", back));
        }
        findings.outcome().ifPresent(outcome -> suites.add(suite("outcome", List.of(ended(outcome)))));
        return suites;
    }

    /** A case for each kind of world, and one for each cause of a bad end. */
    private List<Case> worlds(Proof proof) {
        var bad = new HashMap<String, Integer>();
        proof.bad().forEach(verdict -> bad.merge(verdict.world().kind(), 1, Integer::sum));
        var cases = new ArrayList<Case>();
        proof.kinds().forEach((kind, count) -> {
            int wrong = bad.getOrDefault(kind, 0);
            var name = kind + ": " + count + (count == 1 ? " world" : " worlds");
            cases.add(new Case(
                    findings.subject(),
                    name,
                    Duration.ZERO,
                    wrong == 0
                            ? new Result.Passed()
                            : new Result.Failed(
                                    wrong + " of them end neither restored nor as before", "bad-world", "")));
        });
        proof.causes().forEach((verdict, count) -> {
            var text = String.join("\n", verdict.story());
            cases.add(new Case(
                    findings.subject(),
                    "the shortest story of " + count + (count == 1 ? " bad world" : " bad worlds"),
                    Duration.ZERO,
                    new Result.Failed(verdict.wrong().getFirst(), "bad-world", text)));
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
                    "nothing stands in the way",
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
                        on.trouble().map(FindingsSuites::failed).orElse(result(on)))));
        return suite(label(step), cases);
    }

    /** A plan is all that was asked for, unless a run began. */
    private Result result(StepResult.OnHost on) {
        if (findings.events().isEmpty()) {
            return new Result.Passed();
        }
        return switch (on.reached()) {
            case DONE -> new Result.Passed();
            case NOT -> new Result.Skipped("the run did not come to it");
            case IN_PART ->
                new Result.Skipped("the step was broken off, since it failed on another host or was interrupted");
            case FAILED -> new Result.Failed("failed", "failed", "");
        };
    }

    private static List<Case> back(StepResult step) {
        var cases = new ArrayList<Case>();
        step.hosts().forEach((host, on) -> {
            if (on.takenBack()) {
                cases.add(new Case(
                        "take back " + label(step),
                        host,
                        Duration.ZERO,
                        on.notTakenBack().map(FindingsSuites::failed).orElse(new Result.Passed())));
            }
        });
        return cases;
    }

    private static Result failed(StepResult.Trouble trouble) {
        return new Result.Failed(
                "could not " + trouble.action() + ": " + trouble.failure().summary(),
                "action-failed",
                String.join("\n", FailureText.detail(trouble.failure())));
    }

    private Case ended(RunOutcome outcome) {
        var text = String.join("\n", new FailureText(Style.PLAIN).outcome(outcome));
        var result = switch (outcome) {
            case RunOutcome.Succeeded _ -> new Result.Passed();
            case RunOutcome.RolledBack _ ->
                new Result.Failed("rolled back: every host is as it was", "rolled-back", text);
            case RunOutcome.Interrupted _ ->
                new Result.Failed("interrupted: the run stands where it was stopped", "interrupted", text);
            case RunOutcome.Stuck _ -> new Result.Failed("stuck: a person is needed", "stuck", text);
            case RunOutcome.Undecided _ ->
                new Result.Failed("undecided: a person has to say what became of programs", "undecided", text);
            case RunOutcome.NotBegun _ -> new Result.Failed("not begun: nothing was touched", "not-begun", text);
        };
        return new Case(findings.subject(), "the run succeeds", findings.took(), result);
    }

    private static String label(StepResult step) {
        return (step.index() + 1) + ". " + step.name();
    }
}
