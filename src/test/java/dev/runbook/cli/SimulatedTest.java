package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import dev.runbook.cli.testing.RunbookText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Simulated nodes through the whole program: every command, without a real host. */
@ResourceLock(ControlPlanes.NO_FLEET)
@SuppressWarnings("NullAway.Init") // set before every test
class SimulatedTest {
    private static final String STACKED =
            Program.home().resolve("inventory/stacked.yml").toString();
    private static final String SIMULATED =
            Program.home().resolve("inventory/simulated.yml").toString();

    private Program program;
    private Path snapshot;

    @TempDir
    private Path folder;

    @BeforeEach
    void backUp() {
        program = new Program(folder.resolve("state"));
        snapshot = folder.resolve("snapshot.db");
        var backup = program.run(
                "apply", Program.shipped("backup.yml").toString(), "-i", SIMULATED, "-e", "to=" + snapshot, "-y");
        assertThat(backup.exitCode()).as(backup.stderr()).isZero();
        assertThat(snapshot).isNotEmptyFile();
    }

    private ProgramResult restore(String command, String runbook, String inventory, String... more) {
        var arguments = new java.util.ArrayList<>(java.util.List.of(
                command, Program.shipped(runbook).toString(), "-i", inventory, "-e", "snapshot=" + snapshot));
        arguments.addAll(java.util.List.of(more));
        return program.run(arguments);
    }

    @Test
    void aRealInventoryIsSimulatedWithoutAConnection() {
        var planned = restore("plan", "restore.yml", STACKED, "--simulate");
        assertThat(planned.exitCode()).as(planned.stderr()).isZero();
        assertThat(planned.stderr()).contains("SIMULATED: cp1, cp2, cp3");
        var applied = restore("apply", "restore.yml", STACKED, "--simulate", "-y");
        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        assertThat(applied.stdout())
                .contains(
                        "HashKV",
                        "-sim succeeded",
                        "The API will be away for about",
                        "as measured on other clusters",
                        "The API was away for");
        assertThat(restore("plan", "restore.yml", STACKED, "--simulate").stdout())
                .containsPattern("The API will be away for about 1\\d s: .* as in run .*-sim on these hosts");
        assertThat(applied.stderr()).contains("SIMULATED: no host was connected to.");
        assertThat(program.run("runs").stdout()).contains("-sim");
    }

    /** A copied member/snap/db is a snapshot without its last 32 bytes. */
    @Test
    void aCopiedDatabaseIsRestoredAsTheHintsSay() throws IOException {
        var bytes = Files.readAllBytes(snapshot);
        var copy = Files.write(folder.resolve("db"), java.util.Arrays.copyOf(bytes, bytes.length - 32));
        assertThat(program.run("snapshot", "status", copy.toString()).stdout())
                .contains("restore it with -e skip_hash_check=true", "WAL");
        snapshot = copy;
        var refused = restore("plan", "restore.yml", STACKED, "--simulate");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.stderr()).contains("error[no-hash]", "-e skip_hash_check=true", "WAL");
        var applied = restore("apply", "restore.yml", STACKED, "--simulate", "-y", "-e", "skip_hash_check=true");
        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        assertThat(applied.stdout()).contains("--skip-hash-check");
    }

    @Test
    void anExternalEtcdIsSimulatedByItsGroups() throws IOException {
        var inventory = Files.writeString(folder.resolve("external.yml"), """
            all:
              children:
                etcd:
                  hosts:
                    e1: {ansible_host: 192.0.2.11}
                    e2: {ansible_host: 192.0.2.12}
                    e3: {ansible_host: 192.0.2.13}
                kube_control_plane:
                  hosts:
                    k1: {ansible_host: 192.0.2.14}
            """);
        var applied = restore("apply", "restore-external.yml", inventory.toString(), "--simulate", "-y");
        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        assertThat(applied.stdout()).contains("etcd.service", "k1: https://192.0.2.14:6443/readyz answers 200");
    }

    @Test
    void aCommittedSimulatedRunIsRolledBackOnSimulatedNodes() {
        restore("apply", "restore.yml", STACKED, "--simulate", "-y");
        var run = program.run("runs").stdout().lines().findFirst().orElseThrow().split("\\s+", 2)[0];
        var rolledBack = program.run("rollback", run, "-y");
        assertThat(rolledBack.exitCode()).as(rolledBack.stderr()).isZero();
        assertThat(rolledBack.stderr()).contains("SIMULATED");
    }

    @Test
    void aTimeoutThatIsTooShortFails() {
        var runbook = RunbookText.shipped("restore.yml")
                .replace("      grace: 1s\n", "      grace: 1s\n      keep_kubelet: true\n")
                .replace("    start-etcd:\n", "    start-etcd:\n    timeout: 2s\n")
                .writeTo(folder);
        var applied = program.run("apply", runbook.toString(), "-i", SIMULATED, "-e", "snapshot=" + snapshot, "-y");
        assertThat(applied.exitCode()).isEqualTo(1);
        assertThat(applied.stdout()).contains("waited 2 s", "Rolled back.");
    }

    @Test
    void aBackupReplacesNoFile() throws IOException {
        var before = Files.readAllBytes(snapshot);
        var again = program.run(
                "apply", Program.shipped("backup.yml").toString(), "-i", SIMULATED, "-e", "to=" + snapshot, "-y");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.stderr()).contains(snapshot + " is there already, and a snapshot replaces no file");
        assertThat(snapshot).hasBinaryContent(before);
    }

    @Test
    void realAndSimulatedHostsDoNotMix() throws IOException {
        var inventory = Files.writeString(folder.resolve("mixed.yml"), """
            all:
              children:
                kube_control_plane:
                  hosts:
                    cp1: {ansible_connection: simulated}
                    cp2: {ansible_host: 192.0.2.12}
                etcd: {children: {kube_control_plane: }}
            """);
        var planned = restore("plan", "restore.yml", inventory.toString());
        assertThat(planned.exitCode()).isEqualTo(2);
        assertThat(planned.stderr()).contains("cp1 are simulated and cp2 are not");
    }

    @Test
    void theDemoShowsThatAnObjectIsGone() {
        var demo = program.run("demo", "--simulate");
        assertThat(demo.exitCode()).as(demo.toString()).isZero();
        assertThat(demo.stdout().lines().filter(line -> line.contains("no longer has what was written after it")))
                .hasSize(3);
    }
}
