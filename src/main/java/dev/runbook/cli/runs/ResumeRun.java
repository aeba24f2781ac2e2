package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunView;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.LocalFileHash;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import dev.runbook.journal.RunState;
import dev.runbook.report.line.RunLineMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Resumption of an earlier run: forward, or backward if it was rolling back. */
record ResumeRun(EarlierRunCommand.Session session) {
    ExitCode resume(EarlierRun earlier, List<InDoubtAction.Decision> decisions) throws UsageError, IOException {
        var terminal = session.terminal();
        var run = earlier.run();
        var state = earlier.state();
        if (state.phase() == RunState.Phase.ENDED) {
            terminal.emit(RunLineMapper.of(run, earlier.events()));
            terminal.line("Run " + run + " has ended; nothing is left to do.");
            return earlier.releaseLocks(session.hosts(earlier), session.clock());
        }
        boolean back = state.phase() == RunState.Phase.BACKWARD;
        if (!back) {
            requireSameRunbook(earlier);
            RunTakeover.requireFiles(earlier);
        }
        var hosts = String.join(", ", earlier.began().hosts());
        var question = back
                ? "Run " + run + " was rolling back. Continue the rollback on " + hosts + "?"
                : "Resume run " + run + " on " + hosts + ", " + next(state) + "?";
        if (!session.yes() && !terminal.confirm(question)) {
            return ExitCode.BAD_INPUT;
        }
        var view = new RunView(terminal, 0);
        var outcome = earlier.execute(session, view, executor -> executor.resume(decisions));
        return outcome.isEmpty() ? ExitCode.BAD_INPUT : view.finish(run, outcome.get());
    }

    private static String next(RunState state) {
        return state.plan().stream()
                .flatMap(plan -> plan.steps().stream())
                .filter(step -> !state.finished().contains(step.index()))
                .findFirst()
                .map(step -> "at step " + (step.index() + 1) + ", " + step.name())
                .orElse("which did nothing yet, because its plan was not written");
    }

    /** The confirmed plan is in the journal; a runbook that was changed since needs another plan. */
    private static void requireSameRunbook(EarlierRun earlier) throws UsageError {
        var call = earlier.began().call();
        var file = Path.of(call.runbookFile());
        if (call.runbookSha256().isPresent()
                && Files.exists(file)
                && !call.runbookSha256().get().equals(LocalFileHash.sha256(file))) {
            throw new UsageError(
                    file + " has changed since run " + earlier.run() + " was planned, and a run resumes only with the"
                            + " plan that was confirmed: restore the file to resume, or roll the run back with"
                            + " `runbook rollback " + earlier.run() + "` and apply the new runbook");
        }
    }
}
