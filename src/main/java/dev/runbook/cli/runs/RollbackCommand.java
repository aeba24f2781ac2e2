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
            "Takes a run back.",
            "Before its commit: every host gets back what it had, from the journal.",
            "After it: a new restore of what the cluster had before the run. What was written since is lost."
        })
public final class RollbackCommand extends EarlierRunCommand {
    @Override
    ExitCode end(Controller controller, EarlierRun earlier, List<InDoubtAction.Decision> decisions, boolean yes)
            throws UsageError, IOException {
        return new RollbackRun(controller.terminal(), controller.clock(), controller.store(), controller.connections())
                .rollBack(earlier, decisions, yes);
    }
}
