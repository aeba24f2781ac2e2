package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The runs of one machine: one controller a run, whatever is left of a journal, and the runs of other inventories. */
@ResourceLock(ControlPlanes.NO_FLEET)
class RunLockTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private List<String> backup(String file, String... more) {
        var arguments = new ArrayList<>(List.of(
                "apply",
                Program.shipped("backup.yml").toString(),
                "-i",
                Program.home().resolve("inventory/simulated.yml").toString(),
                "-e",
                "to=" + folder.resolve(file),
                "-y"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Program program() {
        return new Program(folder);
    }

    @Test
    void aLiveControllerIsNamedAndStopsWhenAskedTo() {
        var first = program().heldAfter(3, backup("one.db", "--json"));
        var run = first.run() + "-sim";
        for (var command : List.of("resume", "rollback")) {
            assertThat(program()
                            .run(command, run, "-y")
                            .expect(ExitCode.PREFLIGHT)
                            .stderr())
                    .contains("run-is-active", run + " is being carried out by", ", process ", " since ", "at step 1")
                    .contains("runbook resume " + run + " --take-over");
        }
        assertThat(program().run("runs").stdout()).contains("being carried out by");
        assertThat(program()
                        .run("runs", "clean", run, "-y")
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("is being carried out by");

        var second =
                program().start(List.of("resume", run, "--take-over", "-y")).awaitLine(LIMIT, "Waiting up to");
        first.awaitLine(LIMIT, "takes this run over").proceed();
        assertThat(first.end(LIMIT).expect(ExitCode.INTERRUPTED).stderr())
                .contains("Taken over.", "which takes the run over")
                .doesNotContain("or: runbook rollback");
        // Simulated nodes ended with their process, so the second one ends there.
        assertThat(second.end(LIMIT).expect(ExitCode.BAD_INPUT).stderr()).contains("was simulated");
        assertThat(program().run("runs").stdout()).doesNotContain("being carried out by");
    }

    @Test
    void aControllerThatWasKilledHoldsNothing() {
        var run = program().killedAfter(3, backup("two.db", "--json")).run() + "-sim";
        assertThat(program().run("resume", run, "-y").stderr())
                .contains("was simulated")
                .doesNotContain("run-is-active");
    }

    @Test
    void aDamagedJournalIsNamedWithWhatIsLeftOfItAndHidesNothing() throws IOException {
        var whole = program().run(backup("three.db")).expect(ExitCode.DONE).run() + "-sim";
        var damaged = "20260101-000000-abcd";
        var journal = folder.resolve("runs").resolve(damaged).resolve("journal.jsonl");
        Files.createDirectories(journal.getParent());
        var lines = Files.readAllLines(folder.resolve("runs").resolve(whole).resolve("journal.jsonl"));
        lines.set(3, "00000000" + lines.get(3).substring(8));
        Files.write(journal, lines, StandardOpenOption.CREATE);

        var runs = program().run("runs").expect(ExitCode.DONE);
        assertThat(runs.stdout()).contains(whole);
        assertThat(runs.stderr())
                .contains("unreadable-journal", damaged, "journal.jsonl:4", "checksum does not match")
                .contains("runbook resume " + damaged + " --from-node cp1 -i ", "with one of cp1, cp2, cp3");
        var show = program().run("runs", "show", damaged).expect(ExitCode.BAD_INPUT);
        assertThat(show.stdout()).contains("unfinished", "Back up etcd");
        assertThat(show.stderr()).contains("the state before the damage", "--from-node cp1");
        assertThat(program()
                        .run("resume", damaged, "-y")
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("--from-node cp1");
    }

    @Test
    void simulatedRunsAreCleanedWithoutHostsAndRunsOfOtherInventoriesArePassedOver() throws IOException {
        var run = program().run(backup("five.db")).expect(ExitCode.DONE).run() + "-sim";
        var restore = program()
                .run(
                        "apply",
                        Program.shipped("restore.yml").toString(),
                        "-i",
                        Program.home().resolve("inventory/simulated.yml").toString(),
                        "-e",
                        "snapshot=" + folder.resolve("five.db"),
                        "-y")
                .expect(ExitCode.DONE)
                .run();
        var real = asOfRealHosts(run);
        var restored = asOfRealHosts(restore + "-sim");
        var other = Files.writeString(folder.resolve("other.ini"), "[etcd]\nn1 ansible_host=192.0.2.1\n");

        var cleaned = program()
                .run("runs", "clean", "--keep", "0", "-i", other.toString(), "-y")
                .expect(ExitCode.DONE);
        assertThat(cleaned.stdout()).contains("Cleaned run " + run);
        // A backup makes no folder on its hosts, so that run needs none either.
        assertThat(cleaned.stdout())
                .contains("Cleaned run " + real + ".")
                .doesNotContain("Cleaned run " + restored + ".");
        assertThat(cleaned.stderr())
                .contains("1 run is passed over, because the inventory does not have cp1, cp2, cp3", restored);
        var named = program()
                .run("runs", "clean", restored, "-i", other.toString(), "-y")
                .expect(ExitCode.BAD_INPUT);
        assertThat(named.stderr()).contains("1 run is passed over", restored);
    }

    /** The journal of a simulated run as one of real hosts, which no inventory here has. */
    private String asOfRealHosts(String simulated) throws IOException {
        var real = simulated.replace("-sim", "");
        var journal = folder.resolve("runs").resolve(real).resolve("journal.jsonl");
        Files.createDirectories(journal.getParent());
        Files.copy(folder.resolve("runs").resolve(simulated).resolve("journal.jsonl"), journal);
        return real;
    }

    @Test
    void aSnapshotThatCannotBeReadIsToldBeforeAnyConnection() throws IOException {
        var inventory = Files.writeString(
                folder.resolve("away.ini"), "[etcd]\nm1 ansible_host=192.0.2.1\n[kube_control_plane]\nm1\n");
        var refused = program()
                .run(
                        "plan",
                        Program.shipped("restore.yml").toString(),
                        "-i",
                        inventory.toString(),
                        "-e",
                        "snapshot=/nowhere/backup.db",
                        "-e",
                        "alow=x",
                        "--connect-timeout",
                        "60")
                .expect(ExitCode.BAD_INPUT);
        assertThat(refused.stderr()).contains("bad-snapshot", "/nowhere/backup.db", "unknown-input");
        assertThat(refused.took()).isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void aHostThatCannotBeReachedIsNamedOnceWithExitCodeFive() throws IOException {
        var inventory = Files.writeString(
                folder.resolve("closed.ini"), "[etcd]\nnode2 ansible_host=127.0.0.1 ansible_port=1\n");
        for (var call : List.of(
                List.of("resume", "20260101-000000-abcd", "--from-node", "node2"),
                List.of("rollback", "20260101-000000-abcd", "--from-node", "node2"),
                List.of("runs", "--from-node", "node2"))) {
            var arguments = new ArrayList<>(call);
            arguments.addAll(List.of("-i", inventory.toString()));
            var ended = program().run(arguments).expect(ExitCode.PREFLIGHT);
            assertThat(ended.stderr()).contains("unreachable", "node2").doesNotContain("node2: node2");
        }
        var unlock = program().run("unlock", "-i", inventory.toString()).expect(ExitCode.PREFLIGHT);
        assertThat(unlock.stdout()).contains("Not known whether any host is locked, because none answered: node2.");
    }

    @Test
    void aRunInTheBackgroundOfAScriptSaysHowItIsStopped() {
        var script = "trap '' INT; exec \"$@\"";
        var ended = program().runUnder(List.of("sh", "-c", script, "sh"), backup("six.db"));
        assertThat(ended.expect(ExitCode.DONE).stderr()).contains("SIGINT has no effect on this run", "kill -TERM ");
    }
}
