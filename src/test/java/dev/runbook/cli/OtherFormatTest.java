package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A run that an earlier version of the program began: its journal is refused with the reason, and hides no other run. */
@ResourceLock(ControlPlanes.NO_FLEET)
class OtherFormatTest {
    private static final String OLD = "20261121-093144-2b0c";

    @TempDir
    private Path folder;

    @Test
    void aJournalOfFormatOneIsRefusedByEachCommandAndHidesNoRun() throws IOException {
        var program = new Program(folder);
        var backup = program.run(List.of(
                "apply",
                Program.shipped("backup.yml").toString(),
                "-i",
                Program.home().resolve("inventory/simulated.yml").toString(),
                "-e",
                "to=" + folder.resolve("snapshot.db"),
                "-y"));
        assertThat(backup.exitCode()).as(backup.stderr()).isZero();
        var journal = folder.resolve("runs").resolve(OLD).resolve("journal.jsonl");
        Files.createDirectories(journal.getParent());
        try (var recorded = OtherFormatTest.class.getResourceAsStream("/formats/journal-1.jsonl")) {
            Files.write(journal, Objects.requireNonNull(recorded).readAllBytes());
        }
        var before = Files.readAllBytes(journal);

        var runs = program.run("runs");
        assertThat(runs.exitCode()).as(runs.stderr()).isZero();
        assertThat(runs.stdout()).contains("-sim", "succeeded");
        assertThat(runs.stderr())
                .contains(OLD, "has format 1", "reads format 2", "the version of runbook that began it");
        for (var command : List.of(
                List.of("runs", "show", OLD),
                List.of("resume", OLD, "-y"),
                List.of("rollback", OLD, "-y"),
                List.of("runs", "clean", OLD, "-y"))) {
            var refused = program.run(command);
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
            assertThat(refused.stderr()).as(command.toString()).contains(OLD, "has format 1", "that began it");
        }
        assertThat(program.run("runs", "clean", "--older-than", "0s", "-y").exitCode())
                .isZero();
        assertThat(Files.readAllBytes(journal)).isEqualTo(before);
    }
}
