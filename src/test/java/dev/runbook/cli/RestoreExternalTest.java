package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.Program;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backup, restore, and the rollback of a restore, on members under systemd. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
class RestoreExternalTest {
    @ParameterizedTest
    @CsvSource({"TRIXIE, OPS", "BOOKWORM, SRE"})
    void restoresABackupAndRollsBack(DebianSuite suite, Login login, @TempDir Path folder) {
        var members = ControlPlanes.external(suite);
        var program = new Program(folder.resolve("state"));
        members.awaitHealthy();
        var before = members.writeNew("before");
        var snapshot = members.backUp(program, folder.resolve("backup.db"), login);
        var after = members.writeNew("after");

        long began = Instant.now().getEpochSecond();
        var restored = program.run(members.apply(
                        Program.shipped("restore-external.yml"), login, "snapshot=" + snapshot, "--timings"))
                .expect(ExitCode.DONE);

        assertThat(members.have(before)).isEqualTo(members.all(true));
        assertThat(members.have(after)).isEqualTo(members.all(false));
        RestoreProof.predictedIn(restored.stdout()).holdsOn(members);
        // No leader hands over to a member that is stopping too, for which it would wait up to 7 s.
        assertThat(members.onEach(node -> node.exec("journalctl -u etcd -o cat --no-pager --since @" + began)
                        .require("log of " + node.name())))
                .allSatisfy((_, log) -> assertThat(log).doesNotContainPattern("transfer starting|starts leadership"));
        assertThat(program.run("runs").expect(ExitCode.DONE).stdout().lines())
                .anyMatch(line -> line.startsWith(restored.run()) && line.contains("succeeded"));
        assertThat(program.run("runs", "show", restored.run())
                        .expect(ExitCode.DONE)
                        .stdout())
                .contains("Switch every member to the restored data", "done", "etcd3");

        var rolledBack = program.run(
                        "rollback",
                        restored.run(),
                        "-y",
                        "--known-hosts",
                        members.fleet().directory().resolve("known_hosts").toString())
                .expect(ExitCode.DONE);

        assertThat(rolledBack.stdout()).contains("everything written since then is lost");
        assertThat(members.have(after)).isEqualTo(members.all(true));
        RestoreProof.predictedIn(rolledBack.stdout()).holdsOn(members);

        // Both runs have ended: their artifacts are removed, except for the data that a member uses.
        var cleaned = program.run(
                        "runs",
                        "clean",
                        "--keep",
                        "0",
                        "-y",
                        "--known-hosts",
                        members.fleet().directory().resolve("known_hosts").toString())
                .expect(ExitCode.DONE);
        assertThat(cleaned.stdout()).contains("/var/lib/etcd", "Cleaned run " + restored.run() + ".");
        for (var node : members.fleet().nodes()) {
            assertThat(node.exec(
                                    "for run in %s %s; do find / -xdev -path \"*runbook-$run*\" ! -name '*.conf'; done; ls /var/lib/runbook/runs | grep -e %1$s -e %2$s || :"
                                            .formatted(restored.run(), rolledBack.run()))
                            .require("list leftovers")
                            .strip())
                    .isEmpty();
        }
        members.awaitHealthy();
        assertThat(members.have(after)).isEqualTo(members.all(true));
    }
}
