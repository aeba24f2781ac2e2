package dev.runbook.execute;

import dev.runbook.journal.Journal;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import java.io.IOException;
import java.util.List;

/** A journal in the form of the file, without a disk to wait for. */
final class MemoryJournal implements Journal {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void append(RunEvent event) {
        text.append(JournalFile.text(List.of(event)));
    }

    /** As one reads it who was not there. */
    RunState state() throws IOException {
        return JournalFile.fold(JournalFile.parse(text.toString()));
    }
}
