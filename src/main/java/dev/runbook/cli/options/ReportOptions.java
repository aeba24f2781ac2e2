package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Report files for a CI server. */
public final class ReportOptions {
    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write a JUnit report with a case for each problem, and for each host in each step.")
    @Nullable
    Path junit;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Write a summary in Markdown. On GitHub Actions it is also added to the job's summary.")
    @Nullable
    Path summary;

    public Optional<Path> junit() {
        return Optional.ofNullable(junit);
    }

    public Optional<Path> summary() {
        return Optional.ofNullable(summary);
    }
}
