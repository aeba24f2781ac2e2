package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The exit codes of {@code runbook validate}, and the refusal of a runbook that breaks a rule. */
@ResourceLock(ControlPlanes.NO_FLEET)
class ValidateTest {
    private static final String STACKED = inventory("stacked.yml");

    @TempDir
    private Path folder;

    @Test
    void shippedRunbooksHaveNoProblems() {
        var ended = run("validate", "--strict", runbook("restore.yml"), "-i", STACKED)
                .expect(ExitCode.DONE);

        assertThat(ended.stderr())
                .contains("12 steps, no problem found; inputs to give when it is run: -e snapshot=PATH");
    }

    @Test
    void warningsCountOnlyWithStrict() {
        var warned = Program.home().resolve("engine/src/test/resources/lint/unproven-end/fires.yml");

        assertThat(run("validate", warned.toString()).expect(ExitCode.DONE).stderr())
                .contains("warning[RB113]", "no error found");
        run("validate", "--strict", warned.toString()).expect(ExitCode.BAD_INPUT);
    }

    @Test
    void explainsRules() {
        assertThat(run("validate", "--explain", "rb201").expect(ExitCode.DONE).stdout())
                .startsWith("## RB201 member-left-out");
        assertThat(run("validate", "--explain").expect(ExitCode.DONE).stdout().lines())
                .anyMatch(line -> line.startsWith("RB402"));
        assertThat(run("validate", "--explain", "membr-left-out")
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("did you mean member-left-out?");
    }

    @Test
    void printsTheSchemasThatAreInDocs() throws IOException {
        for (var kind : List.of("runbook", "inventory")) {
            assertThat(run("schema", kind).expect(ExitCode.DONE).stdout())
                    .isEqualTo(Files.readString(Program.home().resolve("docs/schema/" + kind + ".schema.json")));
        }
        assertThat(run("schema", "runbooks").expect(ExitCode.BAD_INPUT).stderr())
                .contains("runbooks");
    }

    /** None of these hosts is reachable, so exit code 5 would show that a connection was tried. */
    @Test
    void aRunbookThatBreaksARuleIsRefused() {
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
                    .expect(ExitCode.BAD_INPUT);

            assertThat(refused.stderr())
                    .contains("error[RB201]: restore leaves out cp3", "Nothing was changed.", "--explain");
        }
    }

    private ProgramResult run(String... arguments) {
        return new Program(folder.resolve("state")).run(arguments);
    }

    private static String runbook(String name) {
        return Program.shipped(name).toString();
    }

    private static String inventory(String name) {
        return Program.home().resolve("inventory").resolve(name).toString();
    }
}
