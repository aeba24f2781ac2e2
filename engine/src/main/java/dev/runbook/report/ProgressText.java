package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A run as it goes: a line per step, and one per host when it has finished the step. */
public final class ProgressText {
    private final Style style;
    private final int steps;
    private final Map<String, Progress> hosts = new HashMap<>();

    /** How far a host is in the step that runs. */
    private record Progress(int ended, int total, Duration took) {}

    public ProgressText(Style style, int steps) {
        this.style = style;
        this.steps = steps;
    }

    /** Lines to print for an event; often none. */
    public List<String> lines(RunEvent event) {
        return switch (event) {
            case RunEvent.RunBegan began -> List.of(style.bold("Run " + began.run()) + ": " + began.runbook());
            case RunEvent.StepIntended intended -> begun(intended);
            case RunEvent.ActionEnded ended -> ended(ended).map(List::of).orElse(List.of());
            case RunEvent.StepEnded _,
                    RunEvent.Committed _,
                    RunEvent.UndoEnded _,
                    RunEvent.StepUndoBegan _,
                    RunEvent.RunEnded _ -> List.of();
            case RunEvent.CommitBegan commit ->
                List.of(style.bold("[%2d/%d]".formatted(commit.step() + 1, steps)) + " "
                        + style.yellow("commit: from here on the run only goes forward"));
            case RunEvent.RollbackBegan back -> {
                var lines = new ArrayList<String>(new FailureText(style).cause(back.cause()));
                lines.add(style.yellow("Rolling back: every host goes back to where it was."));
                yield lines;
            }
        };
    }

    private List<String> begun(RunEvent.StepIntended intended) {
        hosts.clear();
        intended.actions().forEach((host, actions) -> hosts.put(host, new Progress(0, actions.size(), Duration.ZERO)));
        var idle = intended.actions().values().stream().allMatch(List::isEmpty);
        return List.of(style.bold("[%2d/%d]".formatted(intended.step() + 1, steps)) + " " + intended.name()
                + (idle ? style.dim("  (nothing to do)") : ""));
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
            case ActionResult.Failed _, ActionResult.Refused _, ActionResult.Barred _ ->
                Optional.of(hostLine(ended.host(), style.red("failed"), now.took()));
            case ActionResult.InDoubt _ -> Optional.of(hostLine(ended.host(), style.red("in doubt"), now.took()));
            case ActionResult.NotBegun _ -> Optional.empty();
        };
    }

    private static String hostLine(String host, String result, Duration took) {
        return String.format(Locale.ROOT, "        %-20s %s  %.1fs", host, result, took.toMillis() / 1000.0);
    }
}
