package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.NodeFiles;
import dev.runbook.cli.testing.Program;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What would keep real members from starting again, or from serving, while they still run as if nothing were wrong. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class StartAgainExternalTest {
    private static final String STOP = "Stop every member";
    private static final String PKI = "/etc/etcd/pki";

    private ControlPlane members;
    private FaultProof proof;
    private Program program;
    private Path snapshot;

    @BeforeAll
    void start(@TempDir Path folder) {
        members = ControlPlanes.external(DebianSuite.TRIXIE);
        proof = FaultProof.on(members, folder);
        program = new Program(folder.resolve("state"));
        snapshot = members.backUp(program, folder.resolve("before.db"), Login.ROOT);
    }

    private void on(String node, String sh) {
        members.fleet().node(node).exec("set -eu; " + sh).require(sh + " on " + node);
    }

    private String refused() {
        var before = NodeFiles.of(members);
        var arguments = new ArrayList<>(
                List.of("plan", Program.shipped(members.restoreRunbook()).toString()));
        arguments.addAll(members.target(Login.ROOT));
        arguments.addAll(List.of("-e", "snapshot=" + snapshot));
        var planned = program.run(arguments).expect(ExitCode.PREFLIGHT);
        before.assertUnchanged(members);
        return planned.stdout() + planned.stderr();
    }

    @Test
    void refusesToStopWhatCouldNotStartAgain() {
        on("etcd1", "mv " + PKI + "/server.key /root/");
        on("etcd2", "cp -p " + PKI + "/peer.key /root/ && cp " + PKI + "/server.key " + PKI + "/peer.key");
        on("etcd3", "chown root " + PKI + "/server.key");
        try {
            var said = refused();
            assertThat(said)
                    .contains(
                            "etcd1: error[cannot-start-again]: etcd could not start again once it is stopped: it needs "
                                    + PKI + "/server.key, and it is not there",
                            "etcd2: error[cannot-start-again]: etcd could not start again once it is stopped: it needs "
                                    + PKI + "/peer.key, and it is not the key of the certificate",
                            "etcd3: error[cannot-start-again]: etcd could not start again once it is stopped: it needs "
                                    + PKI + "/server.key, and user etcd cannot read it");
            // A real member reads its key at every handshake, so two of them cannot be asked any more either.
            assertThat(said.split("error\\[cannot-start-again", -1)).hasSize(4);
        } finally {
            on("etcd1", "mv /root/server.key " + PKI);
            on("etcd2", "mv /root/peer.key " + PKI);
            on("etcd3", "chown etcd " + PKI + "/server.key");
        }
    }

    @Test
    void looksOnceMoreBeforeItStopsAMember(@TempDir Path folder) {
        proof.failsAndRollsBack(
                InjectedFault.inStep(
                                "a key is moved away while the new data is prepared",
                                "etcd2",
                                STOP,
                                "mv " + PKI + "/server.key /root/",
                                STOP,
                                PKI + "/server.key: it is not there")
                        .repairedBy("mv /root/server.key " + PKI),
                folder);
    }

    @Test
    void refusesWhatIsLeftOfAnEarlierRecovery() {
        on("etcd1", "cp -p /etc/default/etcd /root/; echo ETCD_FORCE_NEW_CLUSTER=true >>/etc/default/etcd");
        on("etcd2", "cp -p /etc/default/etcd /root/; echo ETCD_QUOTA_BACKEND_BYTES=20000 >>/etc/default/etcd");
        try {
            assertThat(refused())
                    .contains(
                            "etcd1: error[force-new-cluster]: --force-new-cluster is set in",
                            "etcd2: error[quota-too-small]: the snapshot has ");
        } finally {
            on("etcd1", "mv /root/etcd /etc/default/etcd");
            on("etcd2", "mv /root/etcd /etc/default/etcd");
        }
    }

    /** A member that is full, in a scratch folder of a node; its snapshot carries the alarm. */
    private static final String FULL = """
        d=$(mktemp -d); e=http://127.0.0.1:33379; export ETCDCTL_API=3
        etcd --name=full --data-dir=$d/data --quota-backend-bytes=120000 --listen-client-urls=$e \\
            --advertise-client-urls=$e --listen-peer-urls=http://127.0.0.1:33380 >$d/log 2>&1 &
        until etcdctl --endpoints=$e endpoint health >/dev/null 2>&1; do sleep 0.2; done
        for i in 1 2 3 4 5 6 7; do head -c 20000 /dev/zero | tr '\\0' x | etcdctl --endpoints=$e put k$i >/dev/null 2>&1 || :; done
        etcdctl --endpoints=$e alarm list >&2
        etcdctl --endpoints=$e snapshot save $d/full.db >/dev/null 2>&1
        kill $!; base64 -w 0 $d/full.db; rm -rf $d
        """;

    @Test
    void restoresASnapshotWithAnAcceptedAlarm(@TempDir Path folder) throws IOException {
        var full = Files.write(
                folder.resolve("full.db"),
                Base64.getDecoder()
                        .decode(members.fleet()
                                .node("etcd1")
                                .exec(FULL)
                                .require("fill a member")
                                .strip()));
        var runbook = Program.shipped(members.restoreRunbook());
        var refused = program.run(
                members.apply(runbook, Login.ROOT, "snapshot=" + full, "-e", "allow=[\"snapshot-of-other-members\"]"));
        refused.expect(ExitCode.PREFLIGHT);
        assertThat(refused.stderr()).contains("error[snapshot-has-alarms]");
        try {
            var restored = program.run(members.apply(
                    runbook,
                    Login.ROOT,
                    "snapshot=" + full,
                    "-e",
                    "allow=[\"snapshot-of-other-members\",\"snapshot-has-alarms\"]"));
            restored.expect(ExitCode.DONE);
            assertThat(restored.stdout())
                    .contains("accepts the alarms that the snapshot carries", "no alarm but NOSPACE");
            var node = members.fleet().nodes().getFirst();
            assertThat(members.fleet().etcdctl(node, "put", "a", "b").succeeded())
                    .isFalse();
            // The advice, followed.
            members.fleet().etcdctl(node, "alarm", "disarm").require("disarm");
            members.fleet().etcdctl(node, "put", "a", "b").require("write");
        } finally {
            members.fleet().etcdctl(members.fleet().nodes().getFirst(), "alarm", "disarm");
            program.run(members.apply(
                            runbook,
                            Login.ROOT,
                            "snapshot=" + snapshot,
                            "-e",
                            "allow=[\"snapshot-of-other-members\",\"alarm\"]"))
                    .expect(ExitCode.DONE);
        }
    }
}
