package dev.runbook.prove;

import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import java.util.List;
import java.util.Optional;

/** A journal in memory whose controller may be killed while it writes. */
final class KillableJournal implements Journal {
    /** Ends the work of a killed controller. */
    static final class ControllerKilled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final List<RunEvent> records;
    private final Optional<Scenario.Kill> kill;
    private int written;

    KillableJournal(List<RunEvent> records, Optional<Scenario.Kill> kill) {
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
        boolean endedOnNode = event instanceof RunEvent.ActionEnded || event instanceof RunEvent.UndoEnded;
        if (!(kill.get().nodesContinue() && endedOnNode)) {
            throw new ControllerKilled();
        }
    }

    /** Whether work ended because the controller was killed; rethrows any other exception. */
    static boolean isKill(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ControllerKilled) {
                return true;
            }
        }
        throw thrown;
    }
}
