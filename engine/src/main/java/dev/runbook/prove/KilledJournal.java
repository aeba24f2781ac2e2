package dev.runbook.prove;

import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import java.util.List;
import java.util.Optional;

/** A journal in memory, whose controller may be killed while it writes. */
final class KilledJournal implements Journal {
    /** The controller is gone. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final List<RunEvent> records;
    private final Optional<Scenario.Kill> kill;
    private int written;

    KilledJournal(List<RunEvent> records, Optional<Scenario.Kill> kill) {
        this.records = records;
        this.kill = kill;
    }

    @Override
    public void append(RunEvent event) {
        if (kill.isEmpty() || written < kill.get().records()) {
            written++;
            records.add(event);
            return;
        }
        boolean ofTheNode = event instanceof RunEvent.ActionEnded || event instanceof RunEvent.UndoEnded;
        if (!(kill.get().nodesGoOn() && ofTheNode)) {
            throw new Killed();
        }
    }

    /** Whether work ended because the controller was killed; throws what else it ended with. */
    static boolean killed(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Killed) {
                return true;
            }
        }
        throw thrown;
    }
}
