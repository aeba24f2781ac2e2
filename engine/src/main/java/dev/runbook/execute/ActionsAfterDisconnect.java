package dev.runbook.execute;

import dev.runbook.model.ActionResult;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import java.time.Duration;
import java.util.List;

/**
 * The actions of a batch that a node did after the connection to it was lost. A node begins an action when the one before
 * it has succeeded, and journals that; it does not journal probes.
 *
 * @param journal of the node, read when none of that batch's actions was running any more
 * @param epoch of the controller that sent the batch
 */
record ActionsAfterDisconnect(NodeJournal journal, long epoch) {
    /** How many of the actions, numbered from {@code first} on, are done. */
    int passed(long first, int count) {
        var begun = journal.records().stream()
                .filter(record -> record.epoch() == epoch && record.kind() == NodeRecord.Kind.STARTED)
                .mapToLong(NodeRecord::number)
                .filter(number -> number >= first && number < first + count)
                .max();
        if (begun.isEmpty()) {
            return 0;
        }
        int before = (int) (begun.getAsLong() - first);
        return isDone(begun.getAsLong()) ? before + 1 : before;
    }

    private boolean isDone(long number) {
        return switch (records(number).getLast().kind()) {
            case DONE, ALREADY -> true;
            case STARTED, REFUSED, FAILED, NOTE -> false;
        };
    }

    private List<NodeRecord> records(long number) {
        return journal.records().stream()
                .filter(record -> record.epoch() == epoch && record.number() == number)
                .filter(record -> record.kind() != NodeRecord.Kind.NOTE)
                .toList();
    }

    /** The result of one of those that are done. */
    ActionResult of(long number) {
        return NodeJournals.wasDoneBefore(records(number))
                ? new ActionResult.AlreadyDone(Duration.ZERO)
                : new ActionResult.Done(Duration.ZERO);
    }
}
