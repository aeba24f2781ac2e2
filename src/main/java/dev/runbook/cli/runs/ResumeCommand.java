package dev.runbook.cli.runs;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.InDoubtAction;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code runbook resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Continues a run whose process was killed or interrupted, or that needs manual intervention.",
            "Actions that may have completed are checked, never blindly repeated. If no machine knows the result, you"
                    + " decide.",
            "A run that was rolling back continues to roll back."
        })
public final class ResumeCommand extends EarlierRunCommand {
    @Override
    ExitCode end(Session session, EarlierRun run, List<InDoubtAction.Decision> decisions)
            throws UsageError, IOException {
        return new ResumeRun(session).resume(run, decisions);
    }
}
