package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong in a restore of members under systemd, and what hands from outside can do to one. */
@Tag("fleet")
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class FaultsExternalTest {
    private static final String PREPARE = "Prepare every member's new data beside the old";
    private static final String EDIT = "Write the full member list into every member's configuration";
    private static final String STOP_API = "Stop every API server, controller-manager and scheduler";
    private static final String START = "Start every member";
    private static final String PROVE = "Prove the restored cluster";
    private static final String DATABASE = "/var/lib/etcd/default/member/snap/db";

    private FaultProof proof;

    @BeforeAll
    void start(@TempDir Path folder) {
        proof = FaultProof.on(ControlPlanes.external(DebianSuite.TRIXIE), folder);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.inStep(
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
                        .mendedBy("mv /usr/bin/etcdutl.real /usr/bin/etcdutl"),
                Fault.inStep(
                                "somebody edits the configuration",
                                "etcd1",
                                EDIT,
                                "cp -p /etc/default/etcd /root/ && echo '# mine' >>/etc/default/etcd",
                                EDIT,
                                "is not the file that the plan was made for")
                        .mendedBy(
                                "tail -n 1 /etc/default/etcd | grep -qx '# mine'; cp -p /root/etcd /etc/default/etcd"),
                Fault.inStep(
                                "a restored database is damaged",
                                "etcd3",
                                START,
                                "dd if=/dev/urandom of=" + DATABASE + " bs=4096 count=8 conv=notrunc",
                                START,
                                "wait until etcd.service is active")
                        .limited(START, "20s"),
                Fault.inStep(
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
    void goBackWhen(Fault fault, @TempDir Path folder) {
        proof.failsAndGoesBack(fault, folder);
    }

    /** The same node twice: refused beforehand, and when a person insists, put back after it really happened. */
    @Test
    void goesBackWhenTheDiskIsFull(@TempDir Path folder) {
        var node = proof.controlPlane().fleet().node("etcd2");
        proof.controlPlane().awaitRest();
        node.exec(onSmallDisk()).require("move the data to a small disk");
        try {
            proof.controlPlane().awaitHealthy();
            var tree = Tree.of(proof.controlPlane());
            var refused = new Program(folder.resolve("refused"))
                    .run(proof.controlPlane()
                            .apply(Program.shipped("restore-external.yml"), Login.ROOT, "snapshot=" + proof.snapshot()))
                    .with(ExitCode.PREFLIGHT);
            assertThat(refused.stderr())
                    .contains("etcd2", "[no-space]", "MiB free")
                    .doesNotContain("etcd1", "etcd3");
            tree.isThatOf(proof.controlPlane());

            proof.failsAndGoesBack(onFullDisk(), folder);
        } finally {
            node.exec(backOnLargeDisk()).require("move the data back");
        }
        proof.controlPlane().awaitHealthy();
    }

    private static Fault onFullDisk() {
        return Fault.inStep("the disk is full", "etcd2", PREPARE, "true", PREPARE, "no space left on device")
                .with(text -> text.replace("allow: ${{ inputs.allow }}", "allow: [no-space]"));
    }

    /** With the disk made small before, and as it was afterwards. */
    static Fault diskFull() {
        return onFullDisk().preparedBy(onSmallDisk()).mendedBy(backOnLargeDisk());
    }

    /** Room for what is there, and not for as much again: etcd allocates 64 MB of its log beforehand. */
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

    /** Its sessions die, and sshd is away for some seconds: nobody has to do anything, and the restore goes on. */
    @Test
    void goesOnWhenSshIsAwayForAWhile(@TempDir Path folder) {
        var node = proof.controlPlane().fleet().node("etcd3");
        proof.goesOn(proof.runbook(), folder, running -> {
            running.awaitStep("stop-etcd");
            node.exec("systemctl stop ssh; pkill -9 -f '^sshd(-session)?: '; systemd-run -q --on-active=8"
                            + " systemctl start ssh")
                    .require("stop sshd");
        });
    }

    /** A node that loses its power with its member stopped comes back with it stopped, and is put back from there. */
    @Test
    void goesBackWhenANodeLosesItsPower(@TempDir Path folder) {
        var node = proof.controlPlane().fleet().node("etcd2");
        proof.goesBack(proof.runbook(), folder, running -> {
            running.awaitStep("start-etcd");
            node.kill();
            node.start();
        });
    }

    /** While one run is at work a second one is refused; the first is then interrupted, and leaves nothing. */
    @Test
    void keepsASecondRunOutAndGoesBackWhenInterrupted(@TempDir Path folder) {
        var slow = proof.runbook().before(STOP_API, """
            - name: Take long
              command: {argv: [sleep, "30"], read_only: true}
            """);
        proof.goesBack(slow, folder, running -> {
            running.awaitStep("command");
            var second = new Program(folder.resolve("second"))
                    .run(proof.controlPlane()
                            .apply(Program.shipped("backup.yml"), Login.ROOT, "to=" + folder.resolve("second.db")))
                    .with(ExitCode.PREFLIGHT);
            assertThat(second.stdout())
                    .contains("Not begun.", "etcd1", "etcd2", "etcd3", "has it since", "runbook rollback ");
            running.interrupt();
        });
    }

    @Test
    void stopsAtOnceWhenInterruptedTwiceAndIsTakenBackLater(@TempDir Path folder) {
        proof.controlPlane().awaitRest();
        var before = Standing.of(proof.controlPlane());

        var stopped = proof.disturbed(
                proof.runbook(),
                running -> {
                    running.awaitStep("stop-etcd").interrupt().awaitLine(Duration.ofSeconds(5), "Once more");
                    running.interrupt();
                },
                ExitCode.INTERRUPTED,
                folder);

        assertThat(stopped.stderr()).contains("runbook rollback " + stopped.run());
        assertThat(Standing.locks(proof.controlPlane()).values()).allMatch(holder -> holder.contains(stopped.run()));
        var back = new Program(folder.resolve("state"))
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
                .with(ExitCode.DONE);
        assertThat(back.stdout()).contains("Every host is as it was");
        before.isThatOf(proof.controlPlane());
    }
}
