package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunLock;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.model.Problem;
import dev.runbook.report.RunPosition;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The process of this machine that carries an earlier run out right now, if one does: a run has one controller. */
record LiveController(Terminal terminal, Clock clock, RunStore store) {
    /** An action in flight ends within its grace, and a node that does not answer is given up. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** Whether this process may continue the run. */
    sealed interface Result {
        /**
         * No other process has the run.
         *
         * @param lock of the run's folder, when it was taken from another process
         */
        record Free(Optional<RunLock> lock) implements Result {}

        record Stopped(ExitCode code) implements Result {}
    }

    /** Finds the run free, or reports who has it, or asks that process to stop. */
    Result find(String run, boolean takeOver, boolean yes) throws UsageError, IOException {
        var holder = RunLock.holder(store, run);
        if (holder.isEmpty()) {
            return new Result.Free(Optional.empty());
        }
        var active = active(store, run, holder.get());
        if (!takeOver) {
            terminal.problems(List.of(active));
            return new Result.Stopped(ExitCode.PREFLIGHT);
        }
        terminal.note("Run " + active.summary().substring("run ".length()) + ".");
        if (!yes && !terminal.confirm("Ask that process to stop where it is, and take run " + run + " over?")) {
            return new Result.Stopped(ExitCode.BAD_INPUT);
        }
        terminal.note("Waiting up to " + STOP_LIMIT.toSeconds() + " s for that process to stop.");
        var lock = RunLock.takeOver(store, run, clock, STOP_LIMIT);
        if (lock.isPresent()) {
            return new Result.Free(lock);
        }
        terminal.problems(List.of(Problem.ofCall(
                "run-is-active",
                "the process that carries out run " + run + " did not stop within " + STOP_LIMIT.toSeconds() + " s: "
                        + holder.get(),
                "it may be paused; end it on its machine with kill -9 and its process number, then the same without"
                        + " --take-over: a run is resumed after the sudden death of its controller, too")));
        return new Result.Stopped(ExitCode.PREFLIGHT);
    }

    /** The report of a run that another process carries out. */
    static Problem active(RunStore store, String run, String holder) {
        return Problem.ofCall(
                "run-is-active",
                "run " + run + " is being carried out by " + holder + ", " + position(store, run),
                "let it end, or interrupt it there; `runbook resume " + run + " --take-over` or `runbook rollback "
                        + run + " --take-over` asks it to stop first");
    }

    private static String position(RunStore store, String run) {
        try {
            return store.events(run).map(RunPosition::of).orElse("at its beginning");
        } catch (UsageError e) {
            return "at a step that its journal does not tell: " + e.getMessage();
        }
    }
}
