package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.ActionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Progress of a run: a line per step, and one per host when it has finished the step. */
public final class ProgressText {
    private final Style style;
    private int steps;
    private final Map<String, Progress> hosts = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /** Progress of a host in the current step. */
    private record Progress(int ended, int total, Duration took) {}

    public ProgressText(Style style, int steps) {
        this.style = style;
        this.steps = steps;
    }

    /** Lines to print for an event; often none. */
    public List<String> lines(RunEvent event) {
        return switch (event) {
            case RunEvent.RunBegan began -> List.of(style.bold("Run " + began.run()) + ": " + began.runbook());
            case RunEvent.RunPlanned planned -> {
                use(planned.plan());
                yield List.of();
            }
            case RunEvent.StepIntended intended -> begun(intended);
            case RunEvent.StepResumed resumed -> resumed(resumed);
            case RunEvent.InDoubtResolved learned ->
                List.of(heading(learned.step()) + learned.host() + ": " + known(learned) + ", according to "
                        + learned.by());
            case RunEvent.ActionEnded ended ->
                Stream.concat(note(ended).stream(), ended(ended).stream()).toList();
            case RunEvent.StepEnded _, RunEvent.Committed _, RunEvent.RunEnded _ -> List.of();
            case RunEvent.CommitBegan commit ->
                List.of(heading(commit.step()) + style.yellow("commit: from here on the run only continues forward"));
            case RunEvent.StepUndoBegan began ->
                List.of(heading(began.step()) + style.yellow("rolling back") + name(began.step()));
            case RunEvent.UndoEnded ended -> undone(ended).map(List::of).orElse(List.of());
            case RunEvent.RollbackBegan began -> {
                var lines = new ArrayList<String>(new FailureText(style).cause(began.cause()));
                lines.add(style.yellow("Rolling back: every host returns to its state before the run."));
                yield lines;
            }
        };
    }

    private List<String> begun(RunEvent.StepIntended intended) {
        hosts.clear();
        names.put(intended.step(), intended.name());
        intended.actions().forEach((host, actions) -> hosts.put(host, new Progress(0, actions.size(), Duration.ZERO)));
        var idle = intended.actions().values().stream().allMatch(List::isEmpty);
        var why = intended.actions().isEmpty() ? "  (runs on no host)" : "  (nothing to do)";
        return List.of(heading(intended.step()) + intended.name() + (idle ? style.dim(why) : ""));
    }

    /** A controller that resumes a run has the plan from the journal. */
    private void use(RunPlan plan) {
        steps = plan.steps().size();
        plan.steps().forEach(step -> names.put(step.index(), step.name()));
    }

    private List<String> resumed(RunEvent.StepResumed resumed) {
        hosts.clear();
        resumed.actions().forEach((host, actions) -> hosts.put(host, new Progress(0, actions.size(), Duration.ZERO)));
        return List.of(heading(resumed.step()) + names.getOrDefault(resumed.step(), "") + style.dim("  (resumed)"));
    }

    private static String known(RunEvent.InDoubtResolved learned) {
        return switch (learned.status()) {
            case DONE -> "it is done";
            case ALREADY_DONE -> "it was in place before the run";
            case FAILED -> "it failed";
            case NOT_STARTED -> "it was not done";
            case UNDONE -> "it is undone";
            case IN_DOUBT -> "it is in doubt";
        };
    }

    /** Without a known plan the number of steps is left out. */
    private String heading(int step) {
        return style.bold(steps == 0 ? "[%2d]".formatted(step + 1) : "[%2d/%d]".formatted(step + 1, steps)) + " ";
    }

    private String name(int step) {
        var name = names.get(step);
        return name == null ? "" : ": " + name;
    }

    private Optional<String> undone(RunEvent.UndoEnded ended) {
        return ended.result().succeeded() || ended.result() instanceof ActionResult.NotBegun
                ? Optional.empty()
                : Optional.of(hostLine(
                        ended.host(), style.red("not undone"), ended.result().took()));
    }

    private Optional<String> note(RunEvent.ActionEnded ended) {
        return ended.result() instanceof ActionResult.Done(var _, var note)
                ? note.map(text -> "        " + ended.host() + ": " + style.yellow(text))
                : Optional.empty();
    }

    private Optional<String> ended(RunEvent.ActionEnded ended) {
        var before = hosts.get(ended.host());
        if (before == null) {
            return Optional.empty();
        }
        var now = new Progress(
                before.ended() + 1,
                before.total(),
                before.took().plus(ended.result().took()));
        hosts.put(ended.host(), now);
        return switch (ended.result()) {
            case ActionResult.Done _, ActionResult.AlreadyDone _ ->
                now.ended() == now.total()
                        ? Optional.of(hostLine(ended.host(), style.green("ok"), now.took()))
                        : Optional.empty();
            case ActionResult.Failed _, ActionResult.Refused _, ActionResult.Barred _, ActionResult.Fenced _ ->
                Optional.of(hostLine(ended.host(), style.red("failed"), now.took()));
            case ActionResult.InDoubt _ -> Optional.of(hostLine(ended.host(), style.red("in doubt"), now.took()));
            case ActionResult.NotBegun _ -> Optional.empty();
        };
    }

    private static String hostLine(String host, String result, Duration took) {
        return String.format(Locale.ROOT, "        %-20s %s  %.1fs", host, result, took.toMillis() / 1000.0);
    }
}
