package dev.runbook.report.line;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.step.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Lines about the events of a run, in the order of its journal. */
public sealed interface RunEventLine extends Line {
    @Doc("A run begins, or another controller takes it over.")
    record RunBegan(
            Instant at,
            String run,
            @Doc("Its name.") String runbook,
            List<String> hosts,

            @Doc("Of the controller: 1, and one more with each takeover.")
            long epoch,

            @Doc("Absolute path.") String runbookFile,
            List<String> inventories,
            @Doc("By name, without those of type secret.") Map<String, String> inputs,

            @Doc("Of the runbook's file, in hex; absent when it was not computed.")
            Optional<String> runbookSha256)
            implements RunEventLine {}

    @Doc("Everything that the run is going to do; on disk before the first step begins.")
    record RunPlanned(Instant at, List<RunStep> steps) implements RunEventLine {}

    @Doc("One step of a run.")
    record RunStep(
            @Doc("From 1.") int number,
            String name,
            @Doc("Such as stop-etcd.") String stepType,

            @Doc("After this step the run only continues forward.")
            boolean commits,

            List<HostActions> hosts) {}

    @Doc("The intent to perform a step; on disk before the first byte is sent to a host.")
    record StepBegan(Instant at, @Doc("From 1.") int step, String name, String stepType, List<HostActions> hosts)
            implements RunEventLine {}

    @Doc("The actions of one host.")
    record HostActions(String host, List<PlanLine.Action> actions) {}

    @Doc("One action ended on one host.")
    record ActionEnded(
            Instant at,
            @Doc("From 1.") int step,
            String host,

            @Doc("Among the step's actions on this host, from 1.")
            int action,

            LineVocabulary.Result result,
            @Doc("In seconds.") double took,
            Optional<Failure> failure)
            implements RunEventLine {}

    @Doc("Why an action failed.")
    record Failure(
            @Doc("In one line.") String summary,
            @Doc("The program that failed, secrets masked.") Optional<String> command,
            @Doc("Of that program.") OptionalInt exitCode,

            @Doc("Its last lines, secrets masked, 4 KiB at most.")
            String stderr) {}

    @Doc("The resumed run begins actions of a step again, or for the first time.")
    record StepResumed(Instant at, @Doc("From 1.") int step, List<HostNumbers> hosts) implements RunEventLine {}

    @Doc("Actions of one host, by number.")
    record HostNumbers(
            String host,

            @Doc("Among the step's actions on this host, from 1.")
            List<Integer> actions) {}

    @Doc("The state of an action that was in doubt, from another source than the action's own result.")
    record InDoubtResolved(
            Instant at,
            @Doc("From 1.") int step,
            String host,

            @Doc("Among the step's actions on this host, from 1.")
            int action,

            RunState.ActionStatus status,
            @Doc("The source: a node, or the operator.") String by)
            implements RunEventLine {}

    @Doc("Every host has finished the step.")
    record StepEnded(Instant at, @Doc("From 1.") int step) implements RunEventLine {}

    @Doc("The controller sends the commit record to every host.")
    record CommitBegan(Instant at, @Doc("From 1.") int step) implements RunEventLine {}

    @Doc("The commit record is on every host: from here on the run only continues forward.")
    record Committed(Instant at, @Doc("From 1.") int step) implements RunEventLine {}

    @Doc("The rollback of the run begins, because an action failed or the operator requested it.")
    record RollbackBegan(Instant at, Cause cause) implements RunEventLine {}

    @Doc("Why a run is rolled back or stopped.")
    record Cause(
            LineVocabulary.CauseKind kind,
            @Doc("From 1.") OptionalInt step,
            @Doc("Its name.") Optional<String> stepName,
            Optional<String> host,
            @Doc("The action that failed.") Optional<String> action,
            Failure failure) {}

    @Doc("These hosts are about to roll a step back.")
    record StepUndoBegan(Instant at, @Doc("From 1.") int step, List<String> hosts) implements RunEventLine {}

    @Doc("The undo of one action ended on one host.")
    record UndoEnded(
            Instant at,
            @Doc("From 1.") int step,
            String host,
            @Doc("The action that it undoes, from 1.") int action,
            LineVocabulary.Result result,
            @Doc("In seconds.") double took,
            Optional<Failure> failure)
            implements RunEventLine {}

    @Doc("The journal ends; rolled-back also when no step was begun.")
    record RunEnded(Instant at, RunEvent.Ending ending) implements RunEventLine {}
}
