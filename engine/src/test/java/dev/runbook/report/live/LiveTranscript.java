package dev.runbook.report.live;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.action.Action;
import dev.runbook.report.Style;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A run as it is seen: what happens goes in, and what is shown and logged at which time is written down. */
final class LiveTranscript extends Clock {
    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private Duration now = Duration.ZERO;
    private final LiveRun run = new LiveRun(this);
    private final StringBuilder text = new StringBuilder();

    @Override
    public Instant instant() {
        return BEGIN.plus(now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    LiveRun run() {
        return run;
    }

    LiveTranscript at(double seconds) {
        now = Duration.ofMillis((long) (seconds * 1000));
        return this;
    }

    private void note(String what) {
        text.append("%6.1f s  %s%n".formatted(now.toMillis() / 1000.0, what));
    }

    LiveTranscript plan(String... types) {
        var steps = java.util.stream.IntStream.range(0, types.length)
                .mapToObj(index ->
                        new RunPlan.Step(index, types[index], types[index], Map.of(), false, true, Optional.empty()))
                .toList();
        run.accept(new RunEvent.RunPlanned(instant(), new RunPlan(steps)));
        return this;
    }

    LiveTranscript event(RunEvent event) {
        note(event.getClass().getSimpleName());
        run.accept(event);
        return this;
    }

    LiveTranscript step(int step, String type, String... hosts) {
        note("step " + type + " begins on " + String.join(", ", hosts));
        var actions = List.of(hosts).stream()
                .collect(Collectors.toMap(Function.identity(), _ -> List.<Action>of(LiveRunTest.STOP_UNIT)));
        run.accept(new RunEvent.StepIntended(instant(), step, type, type, actions));
        return this;
    }

    LiveTranscript begins(int step, String host, int index, Action action) {
        note(host + " begins: " + action.describe());
        run.begins(step, host, index, action);
        return this;
    }

    LiveTranscript sees(String host, String found) {
        note(host + " sees: " + found);
        run.waits(host, found);
        return this;
    }

    LiveTranscript moves(String host, long bytes, OptionalLong total) {
        note(host + " has moved " + bytes + " bytes");
        run.transferred(host, bytes, total);
        return this;
    }

    LiveTranscript done(int step, String host, int index) {
        note(host + " ends well");
        run.accept(new RunEvent.ActionEnded(instant(), step, host, index, new ActionResult.Done(Duration.ZERO)));
        return this;
    }

    LiveTranscript failed(int step, String host, int index) {
        note(host + " fails");
        run.accept(new RunEvent.ActionEnded(
                instant(), step, host, index, new ActionResult.Failed(Failure.of("why"), Duration.ZERO)));
        return this;
    }

    /** The terminal's block, between bars of its width. */
    LiveTranscript shown(int columns, int rows) {
        var block = run.block(rows);
        if (block.isEmpty()) {
            text.append("          (nothing is drawn)\n");
        }
        for (var row : block) {
            text.append("          |").append(row.shown(columns, Style.PLAIN)).append('\n');
        }
        return this;
    }

    LiveTranscript shown() {
        return shown(100, 10);
    }

    /** What a log gets until then, asked four times a second. */
    LiveTranscript logged(double until) {
        for (double second = now.toMillis() / 1000.0; second <= until; second += 0.25) {
            at(second);
            var due = run.due();
            due.forEach(notice -> note("log:" + (notice.nearsDeadline() ? " (yellow)" : "") + notice.line()));
            if (!due.isEmpty()) {
                run.outage().ifPresent(away -> note("log:        " + away));
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
