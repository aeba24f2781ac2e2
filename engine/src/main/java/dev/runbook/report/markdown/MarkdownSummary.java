package dev.runbook.report.markdown;

import dev.runbook.execute.RunOutcome;
import dev.runbook.model.Problem;
import dev.runbook.plan.HostPlan;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import dev.runbook.prove.Proof;
import dev.runbook.report.FailureText;
import dev.runbook.report.Findings;
import dev.runbook.report.StepResult;
import dev.runbook.report.Style;
import dev.runbook.report.UnifiedDiff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** One page: the outcome, the problems, and a table of steps and hosts with every action folded below. */
public final class MarkdownSummary {
    /** GitHub refuses a summary beyond 1 MiB. */
    private static final int LONGEST = 900_000;

    private final Findings findings;
    private final StringBuilder text = new StringBuilder();

    private MarkdownSummary(Findings findings) {
        this.findings = findings;
    }

    public static String of(Findings findings) {
        return new MarkdownSummary(findings).page();
    }

    private String page() {
        line("## runbook " + findings.command() + ": "
                + escaped(findings.plan().map(Plan::runbook).orElse(findings.subject())));
        line("");
        line("**" + verdict() + "** · " + seconds(findings.took())
                + findings.plan()
                        .map(plan -> " · run `" + plan.run().id() + "` · "
                                + plan.hosts().size() + " hosts")
                        .orElse(""));
        findings.outcome().ifPresent(this::outcome);
        problems();
        if (findings.proof().isPresent()) {
            proof(findings.proof().get());
            return text.toString();
        }
        steps();
        findings.plan().ifPresent(this::actions);
        return text.toString();
    }

    private String verdict() {
        return findings.outcome()
                .map(outcome -> switch (outcome) {
                    case RunOutcome.Succeeded _ -> "Succeeded";
                    case RunOutcome.RolledBack _ -> "Rolled back: every host is as before the run";
                    case RunOutcome.Interrupted _ -> "Interrupted: the run can be resumed or rolled back";
                    case RunOutcome.TakenOver _ -> "Taken over: another controller has the run";
                    case RunOutcome.Stuck _ -> "Manual intervention required";
                    case RunOutcome.Undecided _ -> "Needs your decision: programs are in doubt; nothing was done";
                    case RunOutcome.NotBegun _ -> "Not begun: no host was touched";
                })
                .orElseGet(this::verdictWithoutARun);
    }

    private String verdictWithoutARun() {
        if (findings.proof().isPresent()) {
            return findings.proof().get().summary();
        }
        int errors = findings.errors().size();
        if (errors > 0) {
            return errors + (errors == 1 ? " problem blocks" : " problems block") + " the run";
        }
        return findings.plan()
                .map(plan -> plan.changes() ? "Changes are pending; no host was touched" : "Nothing to change")
                .orElse("No problem found");
    }

    private void outcome(RunOutcome outcome) {
        var lines = new FailureText(Style.PLAIN).outcome(outcome);
        if (!lines.isEmpty()) {
            line("");
            code("text", lines);
        }
    }

    private void proof(Proof proof) {
        proof.causes().forEach((verdict, count) -> {
            line("");
            line("### Violation in " + count + (count == 1 ? " scenario" : " scenarios"));
            line("");
            code("text", verdict.trace());
        });
        table("faults", proof.kinds());
        table("state at the end", proof.ends());
    }

    private void table(String title, Map<String, Integer> counts) {
        line("");
        line("| " + title + " | scenarios |");
        line("|---|---:|");
        counts.forEach((name, count) -> line("| " + escaped(name) + " | " + count + " |"));
    }

    private void problems() {
        if (findings.problems().isEmpty()) {
            return;
        }
        line("");
        line("### Problems");
        line("");
        line("| | where | what | next |");
        line("|---|---|---|---|");
        findings.problems()
                .forEach(problem -> line("| " + problem.severity().word() + " `" + problem.code() + "` | "
                        + escaped(where(problem)) + " | " + escaped(problem.summary()) + " | "
                        + escaped(problem.next()) + " |"));
    }

    private static String where(Problem problem) {
        return switch (problem.where()) {
            case Problem.Where.InText(var position) -> position.toString();
            case Problem.Where.OnHost(var host, var step) ->
                host + step.map(name -> ", " + name).orElse("");
            case Problem.Where.InCall() -> "";
        };
    }

    private void steps() {
        var steps = findings.steps();
        SequencedSet<String> hosts = new LinkedHashSet<>();
        findings.plan().ifPresent(plan -> hosts.addAll(plan.hosts()));
        steps.forEach(step -> hosts.addAll(step.hosts().keySet()));
        if (steps.isEmpty()) {
            return;
        }
        line("");
        line("### Steps");
        line("");
        line("| | step | " + hosts.stream().map(MarkdownSummary::escaped).collect(Collectors.joining(" | ")) + " |");
        line("|---|---|" + "---|".repeat(hosts.size()));
        for (var step : steps) {
            line("| " + (step.index() + 1) + " | " + escaped(step.name()) + " `" + step.type() + "` | "
                    + hosts.stream().map(host -> cell(step, host)).collect(Collectors.joining(" | ")) + " |");
        }
    }

    private String cell(StepResult step, String host) {
        var on = step.hosts().get(host);
        if (on == null) {
            return "";
        }
        if (findings.events().isEmpty()) {
            return on.actions() == 0 ? "nothing" : on.actions() == 1 ? "1 action" : on.actions() + " actions";
        }
        var progress = switch (on.progress()) {
            case NOT_REACHED -> "not reached";
            case IN_PART -> "interrupted";
            case FAILED -> "**failed**";
            case DONE -> on.actions() == 0 ? "nothing to do" : "ok " + seconds(on.took());
        };
        var rollback = on.notUndone().isPresent() ? ", **not undone**" : on.rolledBack() ? ", rolled back" : "";
        return progress + rollback;
    }

    private void actions(Plan plan) {
        line("");
        line("<details><summary>Every action</summary>");
        line("");
        for (var step : plan.steps()) {
            if (text.length() > LONGEST) {
                line("The rest is left out, because GitHub refuses a longer summary. `runbook plan` shows all"
                        + " actions.");
                break;
            }
            actions(step);
        }
        line("</details>");
    }

    private void actions(PlannedStep step) {
        line("**" + (step.index() + 1) + ". " + escaped(step.name()) + "**"
                + (step.commits() ? ": after this step the run only continues forward (commit)" : ""));
        line("");
        step.hosts().forEach((host, planned) -> {
            var lines = lines(planned);
            if (!lines.isEmpty()) {
                line(escaped(host));
                code("diff", lines);
                line("");
            }
        });
    }

    private static List<String> lines(HostPlan planned) {
        var lines = new ArrayList<String>();
        planned.actions().stream()
                .filter(action -> action.direction().forward())
                .forEach(action -> lines.add("  " + action.describe()));
        planned.notes().forEach(note -> lines.add("  # " + note));
        planned.diffs().forEach(diff -> lines.addAll(UnifiedDiff.of(diff)));
        return lines;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** In a fence that no line of the text can close. */
    private void code(String language, List<String> lines) {
        int longest = lines.stream()
                .mapToInt(line -> line.length() - line.replaceFirst("^ *`+", "").length())
                .max()
                .orElse(0);
        var fence = "`".repeat(Math.max(3, longest + 1));
        line(fence + language);
        lines.forEach(this::line);
        line(fence);
    }

    /** Text for a table or a heading, with Markdown escaped. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_\\[\\]<>|~#]", "\\\\$0").replaceAll("\\s+", " ");
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
