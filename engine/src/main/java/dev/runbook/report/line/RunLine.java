package dev.runbook.report.line;

import dev.runbook.step.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lines about runs as a whole: how they ended, and the artifacts and locks that they left. */
public sealed interface RunLine extends Line {
    @Doc("How a run ended, and what is left for the operator to do.")
    record Outcome(
            String run,
            LineVocabulary.RunStatus outcome,
            @Doc("Exit code of the program.") int exitCode,
            Optional<RunEventLine.Cause> cause,

            @Doc("Actions that could not be performed or undone, host by host.")
            List<Leftover> leftovers,

            @Doc("Programs that may have run, host by host; each needs the operator's decision.")
            List<InDoubtAction> inDoubt,

            @Doc("What the run has proven, one sentence each.")
            List<String> proofs,

            @Doc("Whether the commit record is on every host; a rollback then loses all writes since.")
            boolean committed)
            implements RunLine {}

    @Doc("An action left to do on a host.")
    record Leftover(String host, @Doc("Name of the step.") String step, String what, RunEventLine.Failure failure) {}

    @Doc("A program that may have run, in full or in part.")
    record InDoubtAction(
            String host,
            @Doc("From 1.") int step,
            @Doc("Its name.") String stepName,
            @Doc("The program, in one line.") String what) {}

    @Doc("One run that began on this machine.")
    record Run(
            String run,
            LineVocabulary.RunStatus status,
            Optional<Instant> began,
            @Doc("Its name.") Optional<String> runbook,
            List<String> hosts)
            implements RunLine {}

    @Doc("A folder with retained artifacts of a run, as `runs clean` finds or leaves it.")
    record Retained(
            @Doc("The run's id.") String run,
            @Doc("Empty for this machine.") Optional<String> host,
            String path,
            @Doc("Space on the disk.") long bytes,

            @Doc("Why the folder is not removed: what still needs it.")
            Optional<String> neededBy,

            @Doc("Whether it is removed now.") boolean removed)
            implements RunLine {}

    @Doc("The lock on a host, as unlock found it.")
    record Lock(
            String host,
            @Doc("The run that holds it.") String run,
            String owner,
            Instant since,

            @Doc("Whether the owner's connection is still open.")
            boolean connected)
            implements RunLine {}
}
