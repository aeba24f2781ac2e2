package dev.runbook.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node itself knows of a run.
 *
 * @param holder who has the node now, for this run or another
 * @param connected whether the holder's connection still stands, which a dead link may seem to do for a while
 * @param rebooted whether the host has started anew since the holder took it
 * @param records of the run, in the order in which they were written; none where the node never saw it
 * @param running number of the action whose program still runs
 * @param programs status by number of each program of the run that ended
 */
public record NodeJournal(
        Optional<Claim> holder,
        boolean connected,
        boolean rebooted,
        List<NodeRecord> records,
        OptionalLong running,
        Map<Long, Integer> programs) {
    public NodeJournal {
        records = List.copyOf(records);
        programs = Map.copyOf(programs);
    }

    /** Whether a controller left this note. */
    public boolean noted(String text) {
        return records.stream()
                .anyMatch(record ->
                        record.kind() == NodeRecord.Kind.NOTE && record.text().equals(text));
    }
}
