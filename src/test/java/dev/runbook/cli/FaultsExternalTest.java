package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlaneState;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.NodeFiles;
import dev.runbook.cli.testing.Program;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of a restore of members under systemd, and interference from outside. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
public class FaultsExternalTest {
    private static final String PREPARE = "Restore the snapshot beside the old data on every member";
    private static final String EDIT = "Write the full member list into every member's configuration";
    private static final String STOP_API = "Stop every API server, controller-manager and scheduler";
    private static final String START = "Start every member";
    private static final String PROVE = "Verify the restored cluster";
    private static final String DATABASE = "/var/lib/etcd/default/member/snap/db";

    private FaultProof proof;

    @BeforeAll
    void start(@TempDir Path folder) {
        proof = FaultProof.on(ControlPlanes.external(DebianSuite.TRIXIE), folder);
    }

    public static Stream<InjectedFault> faults() {
        return Stream.of(
                InjectedFault.inStep(
                                "etcdutl fails halfway",
                                "etcd2",
                                PREPARE,
                                "true",
                                PREPARE,
                                "halfway",
                                "etcdutl",
                                "status:  9")
                        .preparedBy("""
                            mv /usr/bin/etcdutl /usr/bin/etcdutl.real
                            cat >/usr/bin/etcdutl <<'E'
                            #!/bin/sh
                            [ "$1" = snapshot ] || exec etcdutl.real "$@"
                            for each; do case $each in --data-dir=*) mkdir -p "${each#*=}/member/snap" ;; esac; done
                            echo 'halfway' >&2
                            exit 9
                            E
                            chmod 755 /usr/bin/etcdutl\
                            """)
                        .repairedBy("mv /usr/bin/etcdutl.real /usr/bin/etcdutl"),
                InjectedFault.inStep(
                                "an operator edits the configuration",
                                "etcd1",
                                EDIT,
                                "cp -p /etc/default/etcd /root/ && echo '# mine' >>/etc/default/etcd",
                                EDIT,
                                "is not the file that the plan was made for")
                        .repairedBy(
                                "tail -n 1 /etc/default/etcd | grep -qx '# mine'; cp -p /root/etcd /etc/default/etcd"),
                InjectedFault.inStep(
                                "a restored database is damaged",
                                "etcd3",
                                START,
                                "dd if=/dev/urandom of=" + DATABASE + " bs=4096 count=8 conv=notrunc",
                                START,
                                "wait until etcd.service is active")
                        .limited(START, "20s"),
                InjectedFault.inStep(
                                "a byte of a restored value is wrong",
                                "etcd2",
                                START,
                                "LC_ALL=C sed -i 's/\"right\"/\"wrong\"/' " + DATABASE,
                                PROVE,
                                "HashKV")
                        .limited(PROVE, "12s"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void rollsBackOn(InjectedFault fault, @TempDir Path folder) {
        proof.failsAndRollsBack(fault, folder);
    }

    /** The same node twice: refused by the pre-flight checks, and if the operator allows it, rolled back after the real failure. */
    @Test
    void rollsBackWhenTheDiskIsFull(@TempDir Path folder) {
        var node = proof.controlPlane().fleet().node("etcd2");
        proof.controlPlane().awaitSettled();
        node.exec(onSmallDisk()).require("move the data to a small disk");
        try {
            proof.controlPlane().awaitHealthy();
            var tree = NodeFiles.of(proof.controlPlane());
            var refused = new Program(folder.resolve("refused"))
                    .run(proof.controlPlane()
                            .apply(Program.shipped("restore-external.yml"), Login.ROOT, "snapshot=" + proof.snapshot()))
                    .expect(ExitCode.PREFLIGHT);
            assertThat(refused.stderr())
                    .contains("etcd2", "[no-space]", "MiB free")
                    .doesNotContain("etcd1", "etcd3");
            tree.assertUnchanged(proof.controlPlane());

            proof.failsAndRollsBack(onFullDisk(), folder);
        } finally {
            node.exec(backOnLargeDisk()).require("move the data back");
        }
        proof.controlPlane().awaitHealthy();
    }

    private static InjectedFault onFullDisk() {
        return InjectedFault.inStep("the disk is full", "etcd2", PREPARE, "true", PREPARE, "no space left on device")
                .withRunbook(text -> text.replace(
                        "snapshot: ${{ inputs.snapshot }}\n      allow: ${{ inputs.allow }}",
                        "snapshot: ${{ inputs.snapshot }}\n      allow: [no-space]"));
    }

    /** With a small disk before, and the original one afterwards. */
    public static InjectedFault diskFull() {
        return onFullDisk().preparedBy(onSmallDisk()).repairedBy(backOnLargeDisk());
    }

    /** Space for the data, but not for a copy of it: etcd preallocates 64 MB of its log. */
    private static String onSmallDisk() {
        return """
            set -eu
            systemctl stop etcd
            mkdir -p /root/small
            mount -t tmpfs -o size=150m tmpfs /root/small
            cp -a /var/lib/etcd/default /root/small/
            chown --reference=/var/lib/etcd /root/small
            chmod --reference=/var/lib/etcd /root/small
            mount --move /root/small /var/lib/etcd
            systemctl start etcd
            """;
    }

    private static String backOnLargeDisk() {
        return """
            set -eu
            systemctl stop etcd
            cp -a /var/lib/etcd/default /root/current
            umount /var/lib/etcd
            rm -rf /var/lib/etcd/default
            mv /root/current /var/lib/etcd/default
            systemctl start etcd
            """;
    }

    /** The sessions die, and sshd is down for some seconds: the restore continues without manual intervention. */
    @Test
    void continuesWhenSshIsDownForAWhile(@TempDir Path folder) {
        var node = proof.controlPlane().fleet().node("etcd3");
        proof.completes(proof.runbook(), folder, running -> {
            running.awaitStep("stop-etcd");
            node.exec("systemctl stop ssh; pkill -9 -f '^sshd(-session)?: '; systemd-run -q --on-active=8"
                            + " systemctl start ssh")
                    .require("stop sshd");
        });
    }

    /** A node that loses power with its member stopped returns with it stopped, and is rolled back from there. */
    @Test
    void rollsBackWhenANodeLosesPower(@TempDir Path folder) {
        var node = proof.controlPlane().fleet().node("etcd2");
        proof.rollsBack(proof.runbook(), folder, running -> {
            running.awaitStep("start-etcd");
            node.kill();
            node.start();
        });
    }

    /** While one run is active a second one is refused; the first is then interrupted and rolled back. */
    @Test
    void refusesASecondRunAndRollsBackWhenInterrupted(@TempDir Path folder) {
        var slow = proof.runbook().before(STOP_API, """
            - name: Take long
              command: {argv: [sleep, "30"], read_only: true}
            """);
        proof.rollsBack(slow, folder, running -> {
            running.awaitStep("command");
            var second = new Program(folder.resolve("second"))
                    .run(proof.controlPlane()
                            .apply(Program.shipped("backup.yml"), Login.ROOT, "to=" + folder.resolve("second.db")))
                    .expect(ExitCode.PREFLIGHT);
            assertThat(second.stdout())
                    .contains("Not begun.", "etcd1", "etcd2", "etcd3", "has it since", "runbook rollback ");
            running.interrupt();
        });
    }

    @Test
    void stopsAtOnceWhenInterruptedTwiceAndIsRolledBackLater(@TempDir Path folder) {
        proof.controlPlane().awaitSettled();
        var before = ControlPlaneState.of(proof.controlPlane());

        var stopped = proof.disrupted(
                proof.runbook(),
                running -> {
                    running.awaitStep("stop-etcd")
                            .interrupt()
                            .awaitLine(Duration.ofSeconds(15), "again to stop at once");
                    running.interrupt();
                },
                ExitCode.INTERRUPTED,
                folder);

        assertThat(stopped.stderr()).contains("runbook rollback " + stopped.run());
        assertThat(ControlPlaneState.locks(proof.controlPlane()).values())
                .allMatch(holder -> holder.contains(stopped.run()));
        var rolledBack = new Program(folder.resolve("state"))
                .run(
                        "rollback",
                        stopped.run(),
                        "-y",
                        "--known-hosts",
                        proof.controlPlane()
                                .fleet()
                                .directory()
                                .resolve("known_hosts")
                                .toString())
                .expect(ExitCode.DONE);
        assertThat(rolledBack.stdout()).contains("Every host is as it was");
        before.assertUnchanged(proof.controlPlane());
    }
}
