package dev.runbook.report;

import dev.runbook.model.action.Action;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import dev.runbook.plan.HostPlan;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import dev.runbook.step.StepPlan.FileDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Text of a plan: every step, every host, every action with its exact flags. */
public final class PlanText {
    private final Style style;

    public PlanText(Style style) {
        this.style = style;
    }

    public List<String> lines(Plan plan) {
        var lines = new ArrayList<String>();
        lines.add(style.bold("Plan of run " + plan.run().id()) + ": " + plan.runbook() + " on "
                + String.join(", ", plan.hosts()));
        for (var step : plan.steps()) {
            lines.add("");
            lines.add(style.bold("%2d. %s".formatted(step.index() + 1, step.name())) + "  "
                    + style.dim("[" + step.type() + "]"));
            if (step.commits()) {
                lines.add("    " + style.yellow("after this step the run only continues forward (commit)"));
            }
            if (step.hosts().isEmpty()) {
                lines.add("    " + style.yellow("runs on no host"));
            }
            grouped(step).forEach((text, hosts) -> {
                lines.add("    " + style.cyan(String.join(", ", hosts)));
                lines.addAll(text);
            });
        }
        return lines;
    }

    /** Hosts with the same lines for a step are shown once. */
    private SequencedMap<List<String>, List<String>> grouped(PlannedStep step) {
        var groups = new LinkedHashMap<List<String>, List<String>>();
        step.hosts()
                .forEach((host, planned) -> groups.computeIfAbsent(hostLines(planned), _ -> new ArrayList<>())
                        .add(host));
        if (step.commits()) {
            groups.clear();
        }
        return groups;
    }

    private List<String> hostLines(HostPlan planned) {
        var lines = new ArrayList<String>();
        for (var action : planned.actions()) {
            lines.addAll(actionLines(action));
        }
        planned.notes().forEach(note -> lines.add("        " + style.dim(note)));
        planned.diffs().forEach(diff -> lines.addAll(diffLines(diff)));
        return lines;
    }

    private List<String> actionLines(Action action) {
        return switch (action) {
            case Action any when !any.direction().forward() -> List.of();
            case EtcdDataAction.RestoreData restore -> restoreLines(restore);
            case RunProgram program ->
                List.of(mark(action) + action.describe() + style.dim(undoNote(program.effect())));
            case Action _ -> List.of(mark(action) + action.describe());
        };
    }

    private static String undoNote(ProgramEffect effect) {
        return switch (effect) {
            case ProgramEffect.ReadOnly() -> "  (only reads)";
            case ProgramEffect.Undone(var by) -> "  (undone by `" + String.join(" ", by) + "`)";
            case ProgramEffect.Irreversible() -> "  (cannot be undone)";
        };
    }

    /** The whole command, a flag a line. */
    private List<String> restoreLines(EtcdDataAction.RestoreData restore) {
        var lines = new ArrayList<String>();
        lines.add(mark(restore) + restore.describe());
        var command = new StringBuilder(String.join(" ", restore.tool().shown()));
        for (var argument : restore.arguments(restore.dataDir())) {
            command.append(argument.startsWith("--") ? " \\\n    " : " ").append(argument);
        }
        command.toString().lines().forEach(line -> lines.add("            " + line));
        return lines;
    }

    private String mark(Action action) {
        return "      " + (action.mutates() ? style.green("+") : style.dim("?")) + " ";
    }

    private List<String> diffLines(FileDiff diff) {
        return UnifiedDiff.of(diff).stream()
                .map(line -> "          "
                        + switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                            case '+' -> style.green(line);
                            case '-' -> style.red(line);
                            case '@' -> style.cyan(line);
                            default -> line;
                        })
                .toList();
    }
}
