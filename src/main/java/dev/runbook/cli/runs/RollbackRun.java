package dev.runbook.cli.runs;

import dev.runbook.cli.apply.ApplyRun;
import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.apply.RunView;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Prompt;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.report.line.RunLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Takes back a run of before: from its journal while it is not committed, by a new restore afterwards. */
final class RollbackRun {
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final ConnectionOptions connections;

    RollbackRun(Terminal terminal, Clock clock, RunStore store, ConnectionOptions connections) {
        this.terminal = terminal;
        this.clock = clock;
        this.store = store;
        this.connections = connections;
    }

    ExitCode rollBack(EarlierRun earlier, List<InDoubtAction.Decision> decisions, boolean yes)
            throws UsageError, IOException {
        if (earlier.committed()) {
            return restoreAnew(earlier, yes);
        }
        var run = earlier.run();
        if (earlier.state().phase() == RunState.Phase.ENDED) {
            terminal.emit(RunLines.of(run, earlier.events()));
            terminal.line("Run " + run + " has ended, and nothing of it is left to take back.");
            return earlier.free(hosts(earlier), clock);
        }
        var hosts = String.join(", ", earlier.began().hosts());
        if (!yes && !terminal.confirmed("Put back what run " + run + " did on " + hosts + "?")) {
            return ExitCode.BAD_INPUT;
        }
        var view = new RunView(terminal, 0);
        var asked = new RunEvent.Cause.Asked("`runbook rollback " + run + "`");
        var outcome = earlier.work(
                hosts(earlier),
                clock,
                view,
                new Prompt(terminal, yes),
                executor -> executor.rollBack(asked, decisions));
        if (outcome.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        return outcome.get() instanceof RunOutcome.RolledBack back
                ? view.takenBack(run, back)
                : view.ended(run, outcome.get());
    }

    private RunHosts hosts(EarlierRun earlier) throws UsageError {
        return new RunHosts(terminal, earlier.usedInventories(), connections);
    }

    /** Behind the commit clients have seen the restored data: going back is a restore like any other, and says so. */
    private ExitCode restoreAnew(EarlierRun earlier, boolean yes) throws UsageError, IOException {
        var run = earlier.run();
        var began = earlier.began();
        var before = Path.of(began.call().artifacts()).resolve("snapshot.db");
        if (store.isCleaned(run)) {
            throw new UsageError(
                    "run " + run + " is committed, and `runbook runs clean` removed what it kept of before;"
                            + " a backup of that time can be restored like any other");
        }
        if (!Files.exists(before)) {
            throw new UsageError("run " + run + " is committed, and it kept no snapshot of what was before (no member"
                    + " answered then). The old data is still on each member as <data-dir>.runbook-" + run
                    + "/old: restore a copy of its member/snap/db with skip_hash_check");
        }
        terminal.line("Run " + run
                + " is committed, so this is a new restore, of the snapshot that it took before it began:");
        terminal.line("  everything written since then is lost, and every client has to list anew.");
        if (NewRun.isSimulated(run)) {
            connections.simulate(true);
        }
        var request = TargetOptions.request(
                Path.of(began.call().runbookFile()),
                earlier.usedInventories(),
                List.of("snapshot=" + before),
                Optional.empty(),
                List.of());
        return new ApplyRun(ReportCollector.none(terminal, clock), clock, store)
                .apply(request, connections, new ApplyRun.Manner(yes, false, true));
    }
}
