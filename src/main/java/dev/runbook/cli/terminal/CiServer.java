package dev.runbook.cli.terminal;

import dev.runbook.report.github.Annotations;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The CI server that runs this job, as its environment variables describe it.
 *
 * @param root of the repository; the current folder if no server names one
 * @param annotations of problems, which GitHub Actions shows beside their lines
 * @param stepSummary a file that GitHub Actions shows as a page; earlier steps may have written to it
 */
record CiServer(Path root, Optional<Annotations> annotations, Optional<Path> stepSummary) {
    static CiServer ofEnvironment() {
        var here = Path.of("").toAbsolutePath();
        var root = variable("GITHUB_WORKSPACE")
                .or(() -> variable("CI_PROJECT_DIR"))
                .map(folder -> here.resolve(folder).normalize())
                .orElse(here);
        boolean github = variable("GITHUB_ACTIONS").isPresent();
        return new CiServer(
                root,
                github ? Optional.of(new Annotations(root, here)) : Optional.empty(),
                github ? variable("GITHUB_STEP_SUMMARY").map(Path::of) : Optional.empty());
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
