package dev.runbook.report.line;

import dev.runbook.step.Doc;
import java.util.List;

/** Lines about an invocation as a whole: what it validated, wrote or refused. */
public sealed interface InvocationLine extends Line {
    @Doc("Result of validate.")
    record Validated(
            String runbook,

            @Doc("Number of steps; 0 when the runbook cannot be read.")
            int steps,

            int errors,
            int warnings,

            @Doc("Inputs that need a value when the runbook is used.")
            List<String> missingInputs)
            implements InvocationLine {}

    @Doc("A file was written.")
    record Written(@Doc("As the command line names it.") String file, LineVocabulary.Content content)
            implements InvocationLine {}

    @Doc("The command was not carried out, and no host was touched.")
    record Refused(@Doc("Why, in one line.") String summary, int exitCode) implements InvocationLine {}
}
