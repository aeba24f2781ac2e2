package dev.runbook.execute;

import dev.runbook.model.ActionResult;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import java.time.Duration;
import java.util.List;

/**
 * What a node did of a batch after the link to it was lost. It begins an action when the one before it has succeeded, and
 * writes that down; questions it does not write down.
 *
 * @param journal of the node, told when nothing of that batch was at work any more
 * @param epoch of the controller that sent the batch
 */
record ActionsAfterDisconnect(NodeJournal journal, long epoch) {
    /** How many of the actions, numbered from {@code first} on, are behind it. */
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

    /** How one of those ended that are behind it. */
    ActionResult of(long number) {
        return NodeJournals.wasDoneBefore(records(number))
                ? new ActionResult.AlreadyDone(Duration.ZERO)
                : new ActionResult.Done(Duration.ZERO);
    }
}
