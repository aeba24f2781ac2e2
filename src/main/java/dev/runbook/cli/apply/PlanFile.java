package dev.runbook.cli.apply;

import dev.runbook.cli.terminal.PrivateFile;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.source.TextFile;
import dev.runbook.saved.SavedPlan;
import dev.runbook.saved.SavedPlanFile;
import java.nio.file.Path;
import java.util.Optional;

/** Reader and writer of saved plans. */
final class PlanFile {
    private PlanFile() {}

    /** Empty when the file is not meant to be a saved plan. */
    static Optional<SavedPlan> find(Path file) throws UsageError {
        return switch (TextFile.read(file, file.toString())) {
            case TextFile.Text(var name, var text) ->
                SavedPlanFile.isSavedPlan(text) ? Optional.of(read(name, text)) : Optional.empty();
            // The runbook loader reports why the file cannot be read.
            case TextFile.Unreadable _ -> Optional.empty();
        };
    }

    static SavedPlan read(Path file) throws UsageError {
        return switch (TextFile.read(file, file.toString())) {
            case TextFile.Text(var name, var text) -> read(name, text);
            case TextFile.Unreadable(var problem) -> throw new UsageError(problem.summary() + "; " + problem.next());
        };
    }

    private static SavedPlan read(String name, String text) throws UsageError {
        return switch (SavedPlanFile.read(name, text)) {
            case SavedPlanFile.Read.Good(var saved) -> saved;
            case SavedPlanFile.Read.Bad(var problem) -> throw new UsageError(problem.summary() + "; " + problem.next());
        };
    }

    static void write(Path file, SavedPlan saved) throws UsageError {
        PrivateFile.write(file, SavedPlanFile.write(saved));
    }
}
