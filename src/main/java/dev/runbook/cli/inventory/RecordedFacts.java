package dev.runbook.cli.inventory;

import dev.runbook.cli.terminal.UsageError;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.load.source.TextFile;
import dev.runbook.recorded.FactsFile;
import java.nio.file.Path;

/** Reader of recorded facts. */
final class RecordedFacts {
    private RecordedFacts() {}

    static ClusterFacts read(Path file) throws UsageError {
        return switch (TextFile.read(file, file.toString())) {
            case TextFile.Unreadable(var problem) -> throw new UsageError(problem.summary() + "; " + problem.next());
            case TextFile.Text(var name, var text) ->
                switch (FactsFile.read(name, text)) {
                    case FactsFile.Read.Facts(var recordedAt, var facts) -> facts;
                    case FactsFile.Read.Bad(var problem) ->
                        throw new UsageError(problem.summary() + "; " + problem.next());
                };
        };
    }
}
