package dev.runbook.report.line;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.lint.Rule;
import dev.runbook.model.Severity;
import dev.runbook.model.action.Direction;
import dev.runbook.step.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One line of JSON. Its type is its name in kebab case. A component is added when there is more to tell; one that goes or
 * comes to mean something else makes a new {@link LineWriter#VERSION}.
 */
public sealed interface Line {
    @Doc("Something is wrong, or worth knowing.")
    record Problem(
            @Doc("Whether it stands in the way.") Severity severity,

            @Doc("A stable name in kebab case, or the number of a lint rule.")
            String code,

            Place where,
            @Doc("What is wrong, in one line.") String summary,
            @Doc("What to do about it; may be empty.") String next)
            implements Line {}

    @Doc("Where a problem stands: in a text, on a host, or in the call itself.")
    record Place(
            LineVocabulary.Where kind,
            @Doc("As the call names it.") Optional<String> file,
            @Doc("From 1.") OptionalInt line,
            @Doc("From 1, in UTF-16 units.") OptionalInt column,
            @Doc("Of the marked text, in UTF-16 units.") OptionalInt length,
            Optional<String> host,
            @Doc("Name of the step.") Optional<String> step) {}

    @Doc("What validate found.")
    record Validated(
            String runbook,

            @Doc("How many steps it has; 0 when it could not be read.")
            int steps,

            int errors,
            int warnings,

            @Doc("Inputs that have to be given when it is used.")
            List<String> missingInputs)
            implements Line {}

    @Doc("Everything that a run would do.")
    record Plan(
            @Doc("The run's id.") String run,
            String runbook,
            @Doc("In the order of the inventory.") List<String> hosts,

            @Doc("Whether anything would change on any host.")
            boolean changes,

            List<PlannedStep> steps)
            implements Line {}

    @Doc("One step; all hosts finish it before any begins the next.")
    record PlannedStep(
            @Doc("From 1.") int number,
            String name,
            @Doc("Such as stop-etcd.") String stepType,

            @Doc("Behind this step a run only goes forward.")
            boolean commits,

            List<HostPlan> hosts) {}

    @Doc("What a step does on one host.")
    record HostPlan(String host, List<Action> actions, List<String> notes, List<Diff> diffs) {}

    @Doc("One action on one host.")
    record Action(
            @Doc("Such as MovePath.") String kind,
            @Doc("What it does, in one line.") String text,

            @Doc("Whether the host looks different after it.")
            boolean changes,

            @Doc("On the way forward, on the way back, or on both.")
            Direction way,

            @Doc("The whole command, of an action that runs one.")
            List<String> command) {}

    @Doc("How a file changes; what looks like a secret is masked.")
    record Diff(
            String path, @Doc("Lines of a unified diff.") List<String> lines) {}

    @Doc("A run begins, or another controller takes it over.")
    record RunBegan(
            Instant at,
            String run,
            @Doc("Its name.") String runbook,
            List<String> hosts,

            @Doc("Of the controller: 1, and one more for each that takes the run over.")
            long epoch,

            @Doc("Absolute path.") String runbookFile,
            List<String> inventories,
            @Doc("By name, without those of type secret.") Map<String, String> inputs,

            @Doc("Of the runbook's file, in hex; absent where nobody measured it.")
            Optional<String> runbookSha256)
            implements Line {}

    @Doc("Everything that the run is going to do; on disk before the first step begins.")
    record RunPlanned(Instant at, List<RunStep> steps) implements Line {}

    @Doc("One step of a run.")
    record RunStep(
            @Doc("From 1.") int number,
            String name,
            @Doc("Such as stop-etcd.") String stepType,

            @Doc("Behind this step a run only goes forward.")
            boolean commits,

            List<HostActions> hosts) {}

    @Doc("A step is about to be done; on disk before the first byte goes to a host.")
    record StepBegan(Instant at, @Doc("From 1.") int step, String name, String stepType, List<HostActions> hosts)
            implements Line {}

    @Doc("What one host is to do.")
    record HostActions(String host, List<Action> actions) {}

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
            implements Line {}

    @Doc("Why something did not work.")
    record Failure(
            @Doc("In one line.") String summary,
            @Doc("The program that failed, secrets masked.") Optional<String> command,
            @Doc("Of that program.") OptionalInt exitCode,

            @Doc("Its last lines, secrets masked, 4 KiB at most.")
            String stderr) {}

    @Doc("Actions of a step are begun once more, or after all, since the run was taken up again.")
    record StepResumed(Instant at, @Doc("From 1.") int step, List<HostNumbers> hosts) implements Line {}

    @Doc("Actions of one host.")
    record HostNumbers(
            String host,

            @Doc("Among the step's actions on this host, from 1.")
            List<Integer> actions) {}

    @Doc("What became of an action that was in doubt, learned elsewhere than from its own result.")
    record InDoubtResolved(
            Instant at,
            @Doc("From 1.") int step,
            String host,

            @Doc("Among the step's actions on this host, from 1.")
            int action,

            RunState.ActionStatus standing,
            @Doc("Who or what knows.") String by)
            implements Line {}

    @Doc("Every host has finished the step.")
    record StepEnded(Instant at, @Doc("From 1.") int step) implements Line {}

    @Doc("The commit record goes to every host.")
    record CommitBegan(Instant at, @Doc("From 1.") int step) implements Line {}

    @Doc("It is on every host: from here on the run only goes forward.")
    record Committed(Instant at, @Doc("From 1.") int step) implements Line {}

    @Doc("Something failed, or a person asked: all goes back.")
    record RollbackBegan(Instant at, Cause cause) implements Line {}

    @Doc("Why a run turned round or stopped.")
    record Cause(
            LineVocabulary.Why kind,
            @Doc("From 1.") OptionalInt step,
            @Doc("Its name.") Optional<String> stepName,
            Optional<String> host,
            @Doc("What could not be done.") Optional<String> action,
            Failure failure) {}

    @Doc("These hosts are about to take a step back.")
    record StepUndoBegan(Instant at, @Doc("From 1.") int step, List<String> hosts) implements Line {}

    @Doc("One undo ended on one host.")
    record UndoEnded(
            Instant at,
            @Doc("From 1.") int step,
            String host,
            @Doc("The action that it takes back, from 1.") int action,
            LineVocabulary.Result result,
            @Doc("In seconds.") double took,
            Optional<Failure> failure)
            implements Line {}

    @Doc("The journal ends; rolled-back also when nothing was begun.")
    record RunEnded(Instant at, RunEvent.Ending ending) implements Line {}

    @Doc("How a run ended, and what is left for a person to do.")
    record Outcome(
            String run,
            LineVocabulary.Ended outcome,
            @Doc("What the program ends with.") int exitCode,
            Optional<Cause> cause,

            @Doc("What could not be done, or undone, host by host.")
            List<Leftover> leftovers,

            @Doc("Programs that may have run, host by host, where a person has to say whether they did.")
            List<Doubt> doubts,

            @Doc("What has been proven, one sentence each.") List<String> proofs,

            @Doc("Whether the commit record is on every host; what was written since is lost when it is taken back.")
            boolean committed)
            implements Line {}

    @Doc("Something left to do on a host.")
    record Leftover(String host, @Doc("Name of the step.") String step, String what, Failure failure) {}

    @Doc("A program that may have run, or in part.")
    record Doubt(
            String host,
            @Doc("From 1.") int step,
            @Doc("Its name.") String stepName,
            @Doc("What the program is for, in one line.") String what) {}

    @Doc("What came of a plan in every world in which something goes wrong.")
    record Proved(
            String runbook,
            @Doc("How many were tried.") int worlds,

            @Doc("How many of them ended elsewhere than restored or as before.")
            int bad,

            @Doc("Worlds by what goes wrong in them, in the order in which they were tried.")
            List<Count> kinds,

            @Doc("Worlds by how they ended.") List<Count> ends,

            @Doc("In seconds.") double took)
            implements Line {}

    @Doc("How many there are of something.")
    record Count(String name, int count) {}

    @Doc("A world that ended elsewhere, told for all that did for the same cause.")
    record BadWorld(
            @Doc("What went wrong in it.") String kind,

            @Doc("How many ended so.") int count,

            @Doc("How it ended.") String end,

            @Doc("What is not as it should be, one sentence each.")
            List<String> wrong,

            @Doc("What happened, line by line.") List<String> story)
            implements Line {}

    @Doc("One run of those that began on this machine.")
    record Run(
            String run,
            LineVocabulary.Ended standing,
            Optional<Instant> began,
            @Doc("Its name.") Optional<String> runbook,
            List<String> hosts)
            implements Line {}

    @Doc("A folder that a run kept, as `runs clean` finds or leaves it.")
    record Kept(
            @Doc("The run's id.") String run,
            @Doc("Empty for this machine.") Optional<String> host,
            String path,
            @Doc("Taken on the disk.") long bytes,
            @Doc("What still needs it, so that it stays.") Optional<String> user,
            @Doc("Whether it is gone now.") boolean removed)
            implements Line {}

    @Doc("One step type.")
    record StepType(String name, String summary, List<Field> fields, List<Output> outputs) implements Line {}

    @Doc("One field of a step type.")
    record Field(
            String name,
            @Doc("In words, such as list of string.") String fieldType,
            boolean required,
            @Doc("As it would be written in YAML.") Optional<String> fallback,
            String doc) {}

    @Doc("What a step type gives to later steps.")
    record Output(String name, String outputType, String doc) {}

    @Doc("One rule that validate holds a runbook to.")
    record LintRule(
            @Doc("Such as RB101.") String code,
            @Doc("In words, such as api-server-runs.") String name,
            Severity severity,

            @Doc("What is wrong where it is broken, in one line.")
            String title,

            @Doc("Why, and what to do; Markdown.") String doc,
            @Doc("What must be known for it to be checked.") Rule.Knows knows)
            implements Line {}

    @Doc("What snapshot status tells.")
    record SnapshotStatus(
            @Doc("As etcdctl and etcdutl print it, in decimal.")
            long hash,

            @Doc("Of the last entry.") long revision,

            @Doc("Entries in all buckets, as etcd 3.4 and 3.5 count.")
            long totalKey,

            @Doc("Bytes of the pages in use.") long totalSize,
            @Doc("Empty before etcd 3.6.") String storageVersion,

            @Doc("Keys that are not deleted, as etcd 3.6 counts.")
            long liveKeys,

            @Doc("Bytes.") long fileSize,

            @Doc("Of the whole file, in hex; absent when it was not asked for.")
            Optional<String> sha256,

            LineVocabulary.Trailer trailer,
            Optional<String> clusterVersion,

            @Doc("Revision of the last compaction asked for.")
            OptionalLong scheduledCompact,

            @Doc("Revision of the last compaction completed.")
            OptionalLong finishedCompact,

            @Doc("Revision of the last bump.") OptionalLong lastBump,

            @Doc("Of the last entry of the log that was applied.")
            long consistentIndex,

            OptionalLong term,
            List<SnapshotMember> members,
            List<SnapshotAlarm> alarms,
            @Doc("At the revision that --at gives.") Optional<SnapshotHash> hashKv)
            implements Line {}

    @Doc("A member of the cluster that a snapshot is of.")
    record SnapshotMember(
            @Doc("Hex.") String id,
            @Doc("Empty when it never started.") String name,
            List<String> peerUrls,
            List<String> clientUrls,
            boolean learner) {}

    @Doc("An alarm that a restore brings back.")
    record SnapshotAlarm(
            @Doc("Hex ID.") String member,
            @Doc("Such as NOSPACE.") String type) {}

    @Doc("HashKV of a snapshot.")
    record SnapshotHash(
            long revision,
            @Doc("-1 when nothing was ever compacted.") long compactRevision,
            long hash) {}

    @Doc("One object of a snapshot.")
    record SnapshotObject(
            String resource,
            String kind,
            @Doc("Empty for one of the whole cluster.") String namespace,
            String name,
            String encoding,
            long createRevision,
            long modRevision,
            @Doc("Writes since it was made.") long writes,
            long lease,
            @Doc("Of key and value.") long bytes,
            @Doc("In etcd.") String key)
            implements Line {}

    @Doc("How many objects of a resource a snapshot has in a namespace.")
    record SnapshotSum(String resource, String namespace, long objects, long bytes) implements Line {}

    @Doc("What a diff is about.")
    record SnapshotAge(
            @Doc("As the call names it.") String snapshot,
            long revision,
            @Doc("When the youngest object in it was made.") Optional<Instant> youngestObject)
            implements Line {}

    @Doc("What a restore would do to one object.")
    record DiffObject(
            LineVocabulary.Effect effect,
            String resource,
            String namespace,
            String name,
            @Doc("0 where it is not there.") long snapshotRevision,
            @Doc("0 where it is not there.") long currentRevision,
            @Doc("In etcd.") String key)
            implements Line {}

    @Doc("What a restore would do to the objects of a resource in a namespace.")
    record DiffSum(String resource, String namespace, long deleted, long broughtBack, long turnedBack)
            implements Line {}

    @Doc("A lock of a host, as unlock found it.")
    record Lock(
            String host,
            @Doc("That has it.") String run,
            String owner,
            Instant since,

            @Doc("Whether the owner's connection still stands.")
            boolean connected)
            implements Line {}

    @Doc("A file was written.")
    record Written(@Doc("As the call names it.") String file, LineVocabulary.Content content) implements Line {}

    @Doc("The call could not be carried out, and nothing was touched.")
    record Refused(@Doc("Why, in one line.") String summary, int exitCode) implements Line {}
}
