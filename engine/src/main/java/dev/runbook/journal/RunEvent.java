package dev.runbook.journal;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.action.Action;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One record of a run's journal. An intent is written before the action is performed. */
public sealed interface RunEvent {
    /**
     * The format of journals that this version writes and reads. It rises when a kind or a field gets another name or
     * meaning; a journal of format 1 states none.
     */
    int FORMAT = 2;

    Instant at();

    /**
     * A run begins.
     *
     * @param format of the journal, {@link #FORMAT}
     * @param call what a later command needs to reach the same hosts; holds no secret
     * @param epoch of the controller: 1, and one more for each that takes the run over
     */
    record RunBegan(Instant at, int format, String run, String runbook, List<String> hosts, long epoch, Call call)
            implements RunEvent {
        public RunBegan(Instant at, String run, String runbook, List<String> hosts, long epoch, Call call) {
            this(at, FORMAT, run, runbook, hosts, epoch, call);
        }

        public RunBegan {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * How the run was called.
     *
     * @param inputs by name, without those of type secret
     * @param runbookSha256 of the runbook's file, in hex; empty where it was not measured
     */
    record Call(
            String runbookFile,
            List<String> inventories,
            Map<String, String> inputs,
            String artifacts,
            Optional<String> runbookSha256) {
        public Call(String runbookFile, List<String> inventories, Map<String, String> inputs, String artifacts) {
            this(runbookFile, inventories, inputs, artifacts, Optional.empty());
        }

        public Call {
            inventories = List.copyOf(inventories);
            inputs = Map.copyOf(inputs);
        }
    }

    /** Everything that the run is going to do, in full, so that another controller can resume it. */
    record RunPlanned(Instant at, RunPlan plan) implements RunEvent {}

    /** What a step is about to do, on every host; on disk before the first byte goes to a node. */
    record StepIntended(Instant at, int step, String name, String type, Map<String, List<Action>> actions)
            implements RunEvent {
        public StepIntended {
            actions = Map.copyOf(actions);
        }
    }

    /** One action of the step ended; {@code index} counts in the step's actions of that host. */
    record ActionEnded(Instant at, int step, String host, int index, ActionResult result) implements RunEvent {}

    /** By host, actions of a step that are begun once more, or after all; on disk before the first byte goes to a node. */
    record StepResumed(Instant at, int step, Map<String, List<Integer>> actions) implements RunEvent {
        public StepResumed {
            actions = Collections.unmodifiableSortedMap(new TreeMap<>(actions));
        }
    }

    /**
     * An action in doubt is resolved by another source than its own result.
     *
     * @param status the status that counts from now on
     * @param by the source, such as a node's journal or the operator
     */
    record InDoubtResolved(Instant at, int step, String host, int index, RunState.ActionStatus status, String by)
            implements RunEvent {}

    /** Every host has finished the step. */
    record StepEnded(Instant at, int step) implements RunEvent {}

    /** Written before the first node gets the commit record: from here on the run may be committed. */
    record CommitBegan(Instant at, int step) implements RunEvent {}

    /** The commit record is on every host. */
    record Committed(Instant at, int step) implements RunEvent {}

    /** An action failed, or the operator asked: the run is rolled back. */
    record RollbackBegan(Instant at, Cause cause) implements RunEvent {}

    /** One undo ended; {@code index} is that of the action which it undoes. */
    record UndoEnded(Instant at, int step, String host, int index, ActionResult result) implements RunEvent {}

    /** These hosts are about to undo a step; on disk before the first undo is sent. */
    record StepUndoBegan(Instant at, int step, List<String> hosts) implements RunEvent {
        public StepUndoBegan {
            hosts = List.copyOf(hosts);
        }
    }

    record RunEnded(Instant at, Ending ending) implements RunEvent {}

    /** Why a run is rolled back or stopped. */
    sealed interface Cause {
        /** An action failed. */
        record ActionFailed(int step, String stepName, String host, String action, Failure failure) implements Cause {}

        /** A host could not be reached for a step. */
        record HostLost(int step, String stepName, String host, String why) implements Cause {}

        /** The operator pressed Ctrl-C or asked for the rollback. */
        record Requested(String by) implements Cause {}
    }

    /** How a run ended. */
    enum Ending {
        SUCCEEDED,
        ROLLED_BACK,
        STUCK,
        INTERRUPTED
    }
}
