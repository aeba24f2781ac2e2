package dev.runbook.cli.runs;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code runbook rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Rolls a run back.",
            "Before its commit: returns every host to its state before the run, from the run's journal.",
            "After the commit: restores the data that the cluster had before the run. Everything written since is lost."
        })
public final class RollbackCommand extends EarlierRunCommand {
    @Override
    ExitCode end(Session session, EarlierRun run, List<InDoubtAction.Decision> decisions)
            throws UsageError, IOException {
        return new RollbackRun(session).rollBack(run, decisions);
    }
}
