package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a call of the program left behind. */
record Ended(int exitCode, String stdout, String stderr, Duration took) {
    private static final Pattern RUN = Pattern.compile("\\b\\d{8}-\\d{6}-[0-9a-f]{4}\\b");

    /** Everything that it printed is in the message when this fails. */
    Ended with(ExitCode expected) {
        assertThat(exitCode).as("exit code of%n%s", this).isEqualTo(expected.number());
        return this;
    }

    /** The id of the run that it speaks of. */
    String run() {
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
