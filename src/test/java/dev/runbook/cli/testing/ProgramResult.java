package dev.runbook.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.regex.Pattern;

/** Exit code and output of a call of the program. */
public record ProgramResult(int exitCode, String stdout, String stderr, Duration took) {
    private static final Pattern RUN = Pattern.compile("\\b\\d{8}-\\d{6}-[0-9a-f]{4}\\b");

    /** Asserts the exit code; the message of a failure has the whole output. */
    public ProgramResult expect(ExitCode expected) {
        assertThat(exitCode).as("exit code of%n%s", this).isEqualTo(expected.number());
        return this;
    }

    /** The id of the run in the output. */
    public String run() {
        var matcher = RUN.matcher(stdout + stderr);
        assertThat(matcher.find()).as("a run is named in%n%s", this).isTrue();
        return matcher.group();
    }

    @Override
    public String toString() {
        return "--- exit code %d after %d ms%n--- stdout%n%s--- stderr%n%s"
                .formatted(exitCode, took.toMillis(), stdout, stderr);
    }
}
