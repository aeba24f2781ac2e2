package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files that a CI server reads. */
public final class ReportOptions {
    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write a JUnit report: a case for each problem, and for each host in each step.")
    @Nullable
    Path junit;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Write a page of Markdown. On GitHub Actions it is added to the job's summary, too.")
    @Nullable
    Path summary;

    public Optional<Path> junit() {
        return Optional.ofNullable(junit);
    }

    public Optional<Path> summary() {
        return Optional.ofNullable(summary);
    }
}
