package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunView;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.LocalFileHash;
import dev.runbook.cli.terminal.Prompt;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import dev.runbook.journal.RunState;
import dev.runbook.report.line.RunLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Goes on with a run of before where it stands: forward, or further back when it had turned round. */
final class ResumeRun {
    private final Terminal terminal;
    private final Clock clock;
    private final ConnectionOptions connections;

    ResumeRun(Terminal terminal, Clock clock, ConnectionOptions connections) {
        this.terminal = terminal;
        this.clock = clock;
        this.connections = connections;
    }

    ExitCode resume(EarlierRun earlier, List<InDoubtAction.Decision> decisions, boolean yes)
            throws UsageError, IOException {
        var run = earlier.run();
        var state = earlier.state();
        if (state.phase() == RunState.Phase.ENDED) {
            terminal.emit(RunLines.of(run, earlier.events()));
            terminal.line("Run " + run + " has ended, and nothing of it is left to do.");
            return earlier.free(new RunHosts(terminal, earlier.usedInventories(), connections), clock);
        }
        boolean back = state.phase() == RunState.Phase.BACKWARD;
        if (!back) {
            requireSameRunbook(earlier);
            RunTakeover.requireFiles(earlier);
        }
        var where = String.join(", ", earlier.began().hosts());
        var question = back
                ? "Run " + run + " was on its way back. Put back the rest on " + where + "?"
                : "Go on with run " + run + " on " + where + ", " + next(state) + "?";
        if (!yes && !terminal.confirmed(question)) {
            return ExitCode.BAD_INPUT;
        }
        var view = new RunView(terminal, 0);
        var hosts = new RunHosts(terminal, earlier.usedInventories(), connections);
        var outcome =
                earlier.work(hosts, clock, view, new Prompt(terminal, yes), executor -> executor.resume(decisions));
        return outcome.isEmpty() ? ExitCode.BAD_INPUT : view.ended(run, outcome.get());
    }

    private static String next(RunState state) {
        return state.plan().stream()
                .flatMap(plan -> plan.steps().stream())
                .filter(step -> !state.finished().contains(step.index()))
                .findFirst()
                .map(step -> "at step " + (step.index() + 1) + ", " + step.name())
                .orElse("whose plan was not written yet: nothing was done");
    }

    /** The plan that was shown and agreed to is in the journal; whoever changed the runbook since wants another one. */
    private static void requireSameRunbook(EarlierRun earlier) throws UsageError {
        var call = earlier.began().call();
        var file = Path.of(call.runbookFile());
        if (call.runbookSha256().isPresent()
                && Files.exists(file)
                && !call.runbookSha256().get().equals(LocalFileHash.sha256(file))) {
            throw new UsageError(
                    file + " has changed since run " + earlier.run() + " was planned, and a run goes on only with the"
                            + " plan that was agreed to: put the file back as"
                            + " it was to go on, or take the run back with"
                            + " `runbook"
                            + " rollback"
                            + " " + earlier.run() + "` and apply the new one");
        }
    }
}
