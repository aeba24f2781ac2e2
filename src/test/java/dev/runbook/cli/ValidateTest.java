package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code runbook validate} ends with, and that a runbook which breaks a rule is not begun. */
@ResourceLock(ControlPlanes.NO_FLEET)
class ValidateTest {
    private static final String STACKED = inventory("stacked.yml");

    @TempDir
    private Path folder;

    @Test
    void whatShipsIsFine() {
        var ended = run("validate", "--strict", runbook("restore.yml"), "-i", STACKED)
                .with(ExitCode.DONE);

        assertThat(ended.stderr()).contains("13 steps, no problem found; to give when it is used: -e snapshot=PATH");
    }

    @Test
    void warningsCountOnlyWhenAsked() {
        var warned = Program.home().resolve("engine/src/test/resources/lint/unproven-end/fires.yml");

        assertThat(run("validate", warned.toString()).with(ExitCode.DONE).stderr())
                .contains("warning[RB113]", "no error found");
        run("validate", "--strict", warned.toString()).with(ExitCode.BAD_INPUT);
    }

    @Test
    void explainsRules() {
        assertThat(run("validate", "--explain", "rb201").with(ExitCode.DONE).stdout())
                .startsWith("## RB201 member-left-out");
        assertThat(run("validate", "--explain").with(ExitCode.DONE).stdout().lines())
                .anyMatch(line -> line.startsWith("RB402"));
        assertThat(run("validate", "--explain", "membr-left-out")
                        .with(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("did you mean member-left-out?");
    }

    @Test
    void printsTheSchemasThatAreInDocs() throws IOException {
        for (var kind : List.of("runbook", "inventory")) {
            assertThat(run("schema", kind).with(ExitCode.DONE).stdout())
                    .isEqualTo(Files.readString(Program.home().resolve("docs/schema/" + kind + ".schema.json")));
        }
        assertThat(run("schema", "runbooks").with(ExitCode.BAD_INPUT).stderr()).contains("runbooks");
    }

    /** None of these hosts can be reached: exit 5 would say that somebody tried. */
    @Test
    void aRunbookThatBreaksARuleIsNotBegun() {
        for (var command : List.of("plan", "apply")) {
            var refused = run(
                            command,
                            runbook("restore.yml"),
                            "-i",
                            STACKED,
                            "-e",
                            "snapshot=/none.db",
                            "--limit",
                            "cp1:cp2",
                            "--connect-timeout",
                            "1")
                    .with(ExitCode.BAD_INPUT);

            assertThat(refused.stderr())
                    .contains("error[RB201]: restore leaves out cp3", "Nothing was touched.", "--explain");
        }
    }

    private Ended run(String... arguments) {
        return new Program(folder.resolve("state")).run(arguments);
    }

    private static String runbook(String name) {
        return Program.shipped(name).toString();
    }

    private static String inventory(String name) {
        return Program.home().resolve("inventory").resolve(name).toString();
    }
}
