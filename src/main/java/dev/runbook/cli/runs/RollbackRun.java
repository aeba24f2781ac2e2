package dev.runbook.cli.runs;

import dev.runbook.cli.apply.ApplyRun;
import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.RunView;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.report.line.RunLineMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Rollback of an earlier run: from its journal before the commit, by a new restore after it. */
record RollbackRun(EarlierRunCommand.Session session) {
    ExitCode rollBack(EarlierRun earlier, List<InDoubtAction.Decision> decisions) throws UsageError, IOException {
        if (earlier.committed()) {
            return restoreAgain(earlier);
        }
        var terminal = session.terminal();
        var run = earlier.run();
        if (earlier.state().phase() == RunState.Phase.ENDED) {
            terminal.emit(RunLineMapper.of(run, earlier.events()));
            terminal.line("Run " + run + " has ended; nothing is left to roll back.");
            return earlier.releaseLocks(session.hosts(earlier), session.clock());
        }
        var hosts = String.join(", ", earlier.began().hosts());
        if (!session.yes() && !terminal.confirm("Roll back run " + run + " on " + hosts + "?")) {
            return ExitCode.BAD_INPUT;
        }
        var view = new RunView(terminal, 0);
        var asked = new RunEvent.Cause.Requested("`runbook rollback " + run + "`");
        var outcome = earlier.execute(session, view, executor -> executor.rollBack(asked, decisions));
        if (outcome.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        return outcome.get() instanceof RunOutcome.RolledBack rolledBack
                ? view.rolledBack(run, rolledBack)
                : view.finish(run, outcome.get());
    }

    /** After the commit clients have seen the restored data, so a rollback is a new restore, and is announced as one. */
    private ExitCode restoreAgain(EarlierRun earlier) throws UsageError, IOException {
        var terminal = session.terminal();
        var run = earlier.run();
        var began = earlier.began();
        var before = Path.of(began.call().artifacts()).resolve("snapshot.db");
        if (session.store().isCleaned(run)) {
            throw new UsageError(
                    "run " + run + " is committed, and `runbook runs clean` removed the snapshot that it took"
                            + " before it began; restore a backup of that time instead");
        }
        if (!Files.exists(before)) {
            throw new UsageError(
                    "run " + run + " is committed, and has no snapshot from before it began, because no member"
                            + " answered then. The old data is still on each member as <data-dir>.runbook-" + run
                            + "/old: restore a copy of its member/snap/db with -e skip_hash_check=true");
        }
        terminal.line("Run " + run
                + " is committed, so this is a new restore, of the snapshot that it took before it began:");
        terminal.line("  everything written since then is lost, and every client has to list again.");
        if (NewRun.isSimulated(run)) {
            session.connections().simulate(true);
        }
        var request = TargetOptions.request(
                Path.of(began.call().runbookFile()),
                earlier.usedInventories(),
                List.of("snapshot=" + before),
                Optional.empty(),
                List.of());
        return new ApplyRun(ReportCollector.none(terminal, session.clock()), session.clock(), session.store())
                .apply(request, session.connections(), new ApplyRun.Settings(session.yes(), false, true));
    }
}
