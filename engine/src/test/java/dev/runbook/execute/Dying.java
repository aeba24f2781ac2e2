package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;

/** A journal whose process dies after so many events. */
final class Dying implements Journal {
    /** The process is gone. */
    private static final class Died extends RuntimeException {}

    private final Journal file;
    private final boolean nodesContinue;
    private int left;

    /**
     * @param nodesContinue the nodes finish what they were told: only the next call to them finds no controller;
     *     otherwise they stop where they are
     */
    Dying(Journal file, int left, boolean nodesContinue) {
        this.file = file;
        this.left = left;
        this.nodesContinue = nodesContinue;
    }

    @Override
    public void append(RunEvent event) {
        if (left > 0) {
            left--;
            file.append(event);
        } else if (!nodesContinue || !(event instanceof RunEvent.ActionEnded || event instanceof RunEvent.UndoEnded)) {
            throw new Died();
        }
    }

    /** Whether the process died in it. */
    static boolean dies(Runnable run) {
        try {
            run.run();
            return false;
        } catch (IllegalStateException | Died e) {
            assertThat(e)
                    .satisfiesAnyOf(
                            died -> assertThat(died).isInstanceOf(Died.class),
                            wrapped -> assertThat(wrapped).hasCauseInstanceOf(Died.class));
            return true;
        }
    }
}
