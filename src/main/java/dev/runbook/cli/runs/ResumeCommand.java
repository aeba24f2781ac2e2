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
            "Goes on with a run whose process was killed, interrupted, or left stuck.",
            "What may have been done is looked at, never blindly repeated; where no machine can tell, you are asked.",
            "A run that was on its way back goes further back."
        })
public final class ResumeCommand extends EarlierRunCommand {
    @Override
    ExitCode end(Controller controller, EarlierRun earlier, List<InDoubtAction.Decision> decisions, boolean yes)
            throws UsageError, IOException {
        return new ResumeRun(controller.terminal(), controller.clock(), controller.connections())
                .resume(earlier, decisions, yes);
    }
}
