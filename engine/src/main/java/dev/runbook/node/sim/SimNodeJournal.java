package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The journal of one run on a simulated node. As run.sh does, it writes the end of an action with the start of the next one. */
final class SimNodeJournal {
    private final List<NodeRecord> records = new ArrayList<>();
    private final List<NodeRecord> pending = new ArrayList<>();
    final Map<String, String> kept = new TreeMap<>();

    /** Those of all runs that a node has seen. */
    static final class Book {
        private final Map<String, SimNodeJournal> journals = new TreeMap<>();
        private final Set<String> runs = new TreeSet<>();

        SimNodeJournal of(String run) {
            return journals.computeIfAbsent(run, _ -> new SimNodeJournal());
        }

        /** From then on it has a folder for the run. */
        void claimed(String run) {
            runs.add(run);
        }

        List<String> runs() {
            return List.copyOf(runs);
        }
    }

    void started(long epoch, long number) {
        endBatch();
        records.add(new NodeRecord(epoch, NodeRecord.Kind.STARTED, number, ""));
    }

    void ended(long epoch, long number, ActionResult result) {
        pending.clear();
        pending.add(new NodeRecord(epoch, kind(result), number, ""));
    }

    void endBatch() {
        records.addAll(pending);
        pending.clear();
    }

    void note(long epoch, String text) {
        records.add(new NodeRecord(epoch, NodeRecord.Kind.NOTE, 0, text));
    }

    /** A controller that asks comes after the last one was lost, and what that one's shell had not written with it. */
    NodeJournal read(Optional<Claim> holder) {
        pending.clear();
        return new NodeJournal(holder, false, false, records, OptionalLong.empty(), Map.of());
    }

    private static NodeRecord.Kind kind(ActionResult result) {
        return switch (result) {
            case ActionResult.Done _ -> NodeRecord.Kind.DONE;
            case ActionResult.AlreadyDone _ -> NodeRecord.Kind.ALREADY;
            case ActionResult.Refused _, ActionResult.Barred _, ActionResult.Fenced _, ActionResult.NotBegun _ ->
                NodeRecord.Kind.REFUSED;
            case ActionResult.Failed _ -> NodeRecord.Kind.FAILED;
            // The link was lost, and the node went on.
            case ActionResult.InDoubt _ -> NodeRecord.Kind.DONE;
        };
    }
}
