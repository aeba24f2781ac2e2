package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.FleetNode;
import dev.runbook.fleet.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Real members that run and are hard to ask, or are not there: none of them is taken for a member that is down. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
@SuppressWarnings("NullAway.Init") // set before every test
class HardToAskExternalTest {
    private static final String FORWARDING = "/etc/ssh/sshd_config.d/00-forwarding.conf";

    @TempDir
    private Path folder;

    private ControlPlane members;
    private Program program;

    @BeforeEach
    void settle() {
        members = ControlPlanes.external(DebianSuite.TRIXIE);
        members.awaitSettled();
        program = new Program(folder.resolve("state"));
    }

    @AfterEach
    void leaveThemHealthy() {
        members.awaitHealthy();
    }

    private FleetNode last() {
        return members.fleet().nodes().getLast();
    }

    private ProgramResult backup(Path file, String... more) {
        return program.run(members.apply(Program.shipped("backup.yml"), Login.SRE, "to=" + file, more));
    }

    private ProgramResult planRestore(Path snapshot) {
        var arguments = new ArrayList<>(
                List.of("plan", Program.shipped(members.restoreRunbook()).toString()));
        arguments.addAll(members.target(Login.SRE));
        arguments.addAll(List.of("-e", "snapshot=" + snapshot));
        return program.run(arguments);
    }

    @Test
    void aRestoreNeedsNoForwarding() {
        members.onEach(node -> node.exec("echo 'AllowTcpForwarding no' >" + FORWARDING + "; systemctl reload ssh")
                .require("forbid forwarding"));
        try {
            var before = members.writeNew("before");
            var snapshot = members.backUp(program, folder.resolve("backup.db"), Login.SRE);
            var after = members.writeNew("after");
            program.run(members.apply(Program.shipped(members.restoreRunbook()), Login.SRE, "snapshot=" + snapshot))
                    .expect(ExitCode.DONE);
            assertThat(members.have(before)).isEqualTo(members.all(true));
            assertThat(members.have(after)).isEqualTo(members.all(false));
            assertThat(members.onEach(node ->
                            node.exec("pgrep -fc '[/]dev/tcp/'").stdout().strip()))
                    .as("programs left behind")
                    .isEqualTo(members.all("0"));
        } finally {
            members.onEach(node ->
                    node.exec("rm " + FORWARDING + "; systemctl reload ssh").require("allow forwarding"));
        }
    }

    @Test
    void aHungMemberIsNamedWithTheTimeThatWasWaited() {
        var snapshot = members.backUp(program, folder.resolve("backup.db"), Login.SRE);
        last().exec("systemctl kill -s STOP etcd").require("hang etcd");
        try {
            var plan = planRestore(snapshot).expect(ExitCode.DONE);
            assertThat(plan.stdout() + plan.stderr())
                    .containsPattern(last().name() + ": warning\\[member-does-not-answer]: etcd here runs and does not"
                            + " answer.* did not respond within 1\\d\\.\\d s")
                    .contains("expected to end with a kill", "has a margin of 100000000 revisions");
            var backup = backup(folder.resolve("second.db")).expect(ExitCode.DONE);
            assertThat(backup.stdout() + backup.stderr())
                    .contains("warning[member-not-verified]", "left out: " + last().name());
            var strict = backup(folder.resolve("third.db"), "--strict").expect(ExitCode.PREFLIGHT);
            assertThat(strict.stderr() + strict.stdout()).contains("error[member-not-verified]");
        } finally {
            last().exec("systemctl kill -s CONT etcd").require("let etcd run");
        }
    }

    @Test
    void aBackupDoesWithoutAHostThatCannotBeReached() {
        var snapshot = members.backUp(program, folder.resolve("backup.db"), Login.SRE);
        last().exec("systemctl stop ssh").require("stop sshd");
        try {
            var file = folder.resolve("second.db");
            var backup = backup(file).expect(ExitCode.DONE);
            assertThat(backup.stdout() + backup.stderr())
                    .contains(last().name() + ": warning[host-left-out]", "left out: " + last().name());
            assertThat(Files.exists(file)).isTrue();
            backup(folder.resolve("third.db"), "--strict").expect(ExitCode.PREFLIGHT);
            assertThat(planRestore(snapshot).expect(ExitCode.PREFLIGHT).stderr())
                    .contains("error[unreachable]");
        } finally {
            last().exec("systemctl start ssh").require("start sshd");
        }
    }

    /** etcd 3.5.5 and later: members keep the hash of the compaction, and one that is restarted computes another. */
    @Test
    void anIdleClusterAfterACompactionAndARestartAgrees() {
        members.writeNew("compacted");
        var revision = Long.toString(members.revision());
        members.fleet().etcdctl(last(), "compact", "--physical", revision).require("compact");
        last().exec("systemctl restart etcd").require("restart etcd");
        members.awaitHealthy();
        var backup = backup(folder.resolve("backup.db")).expect(ExitCode.DONE);
        assertThat(backup.stdout()).contains("HashKV cannot be compared at revision " + revision);
        members.writeNew("later");
        assertThat(backup(folder.resolve("later.db")).expect(ExitCode.DONE).stdout())
                .doesNotContain("cannot be compared");
    }

    @Test
    void aMemberWhoseCertificateIsNotTrustedRefusesARestore() {
        var snapshot = members.backUp(program, folder.resolve("backup.db"), Login.SRE);
        last().exec("cd /etc/etcd/pki && cp -p ca.crt ca.kept && cat peer.crt >ca.crt")
                .require("replace the authority");
        try {
            assertThat(planRestore(snapshot).expect(ExitCode.PREFLIGHT).stderr())
                    .containsPattern(last().name() + ": error\\[member-cannot-be-asked]: etcd here runs, and cannot be"
                            + " asked, .*TLS to etcd at");
            backup(folder.resolve("second.db")).expect(ExitCode.DONE);
        } finally {
            last().exec("mv /etc/etcd/pki/ca.kept /etc/etcd/pki/ca.crt").require("restore the authority");
        }
    }
}
