package dev.runbook.node.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.client.LocalEtcd;
import dev.runbook.etcd.client.LocalPrograms;
import dev.runbook.etcd.client.TestPki;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.Connection;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.MemberSpec;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.Batch;
import dev.runbook.node.Claim;
import dev.runbook.node.Node;
import dev.runbook.node.ProbeResult;
import dev.runbook.node.open.NodeFactory;
import dev.runbook.node.shell.script.ShellSettings;
import dev.runbook.node.ssh.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members through a tunnel, snapshots and restores, with a real etcd behind a real sshd. */
@Timeout(90)
class EtcdNodeTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestSshd sshd;
    private TestPki pki;
    private LocalEtcd etcd;
    private Node node;
    private String peerUrl = "";
    private long number = 1;

    @BeforeEach
    void start() throws Exception {
        LocalPrograms.assume("etcd", "etcdctl", "openssl");
        sshd = TestSshd.start(folder.resolve("sshd"));
        pki = TestPki.create(folder);
        peerUrl = LocalEtcd.newPeerUrl();
        etcd = startEtcd("data", "before");
        var shell = new ShellSettings(folder + "/state", List.of(), Duration.ofSeconds(10), Duration.ofSeconds(5));
        node = new NodeFactory(sshd.settings(), shell, new JetcdMembers()).node("cp1", sshd.connection());
        node.claim(new Claim("r1", 1, "me@here", Instant.EPOCH));
        done(new Await(new Probe.MemberIs(access(), Probe.Expected.anyone()), SOON, Direction.FORWARD));
    }

    /** Where a program is missing nothing was started. */
    @AfterEach
    void stop() {
        Stream.of(node, etcd, sshd).filter(Objects::nonNull).forEach(EtcdNodeTest::close);
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private LocalEtcd startEtcd(String dataDir, String token) throws Exception {
        return LocalEtcd.start(
                folder,
                dataDir,
                peerUrl,
                token,
                "--cert-file=" + pki.path("server.crt"),
                "--key-file=" + pki.path("server.key"),
                "--client-cert-auth",
                "--trusted-ca-file=" + pki.path("ca.crt"));
    }

    private EtcdAccess access() {
        var identity = new EtcdAccess.Identity(pki.path("client.crt"), pki.path("client.key"));
        var tls = new EtcdAccess.TlsFiles(Optional.of(pki.path("ca.crt")), Optional.of(identity));
        return new EtcdAccess("127.0.0.1", etcd.clientPort, Optional.of(tls));
    }

    private List<ActionResult> perform(Action... actions) {
        var batch = new Batch("r1", 1, number, List.of(actions));
        number += actions.length;
        return node.perform(batch, (index, result) -> {}).results();
    }

    private void done(Action... actions) {
        assertThat(perform(actions))
                .hasSize(actions.length)
                .allSatisfy(ended ->
                        assertThat(ended.succeeded()).as(ended.toString()).isTrue());
    }

    private String found(Probe probe) throws Exception {
        return node.check(probe, SOON) instanceof ProbeResult.DoesNotHold(var found) ? found : "it holds";
    }

    private static Probe.Expected member(String id) {
        return new Probe.Expected(Optional.of(id), Optional.empty(), OptionalLong.empty(), Optional.empty(), true);
    }

    @Test
    void membersAreAskedThroughTheTunnel() throws Exception {
        try (var member = node.openMember(access())) {
            var status = member.status();
            assertThat(node.check(new Probe.MemberIs(access(), member(status.memberId())), SOON))
                    .isEqualTo(new ProbeResult.Holds());
            var hash = new Probe.HashAt(
                    status.revision(), member.hashAt(status.revision()).hash() + 1);
            var wrong = new Probe.Expected(
                    Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.of(hash), true);
            assertThat(found(new Probe.MemberIs(access(), wrong))).contains("HashKV");
            assertThat(found(new Probe.MemberIs(access(), member("1234")))).contains(status.memberId());
        }
        assertThat(node.check(new Probe.MembersAgree(List.of(access(), access())), SOON))
                .isEqualTo(new ProbeResult.Holds());
        assertThat(node.check(new Probe.KeyPresence(access(), "/none", false), SOON))
                .isEqualTo(new ProbeResult.Holds());
        assertThat(found(new Probe.KeyPresence(access(), "/none", true))).contains("absent");
    }

    @Test
    void aMemberServesItsPeersOrDoesNot() throws Exception {
        var peers = java.net.URI.create(peerUrl);
        assertThat(found(new Probe.PeerServes(peers.getHost(), peers.getPort(), false)))
                .isEqualTo("it holds");
        // Its alert, because no client certificate comes, is an answer too.
        assertThat(found(new Probe.PeerServes("127.0.0.1", etcd.clientPort, true)))
                .isEqualTo("it holds");
        try (var silent = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            for (var tls : List.of(true, false)) {
                assertThat(found(new Probe.PeerServes("127.0.0.1", silent.getLocalPort(), tls)))
                        .contains("does not answer yet");
            }
        }
        for (var tls : List.of(true, false)) {
            assertThat(found(new Probe.PeerServes("127.0.0.1", LocalEtcd.freePort(), tls)))
                    .containsIgnoringCase("refused");
        }
    }

    @Test
    void aMemberHasStoppedOrNot() throws Exception {
        var peers = java.net.URI.create(peerUrl);
        var stopped = new Probe.PeerStopped(peers.getHost(), peers.getPort());
        assertThat(found(stopped)).isEqualTo("its peer port is open");
        etcd.kill();
        done(new Await(stopped, SOON, Direction.FORWARD));
        assertThat(found(new Probe.PeerStopped("127.0.0.1", LocalEtcd.freePort())))
                .isEqualTo("it holds");
    }

    @Test
    void aMemberThatIsDownIsNotedAndItsReturnToo() throws Exception {
        etcd.kill();
        var probe = new Probe.MemberIs(access(), Probe.Expected.anyone());
        assertThat(found(probe)).containsIgnoringCase("refused");
        var back = LocalEtcd.freePort();
        assertThat(back).isPositive();
        etcd = startEtcd("data", "before");
        done(new Await(new Probe.MemberIs(access(), Probe.Expected.anyone()), SOON, Direction.FORWARD));
    }

    @Test
    void aSnapshotIsSavedRestoredAndServed() throws Exception {
        var snapshot = folder + "/snap.db";
        var tool = new EtcdTool.OnHost("etcdctl", "etcdctl");
        var save = new EtcdDataAction.SaveSnapshot(tool, access(), snapshot, SOON);
        done(save, new TransferAction.StreamSnapshot(access(), folder.resolve("streamed.db"), SOON));
        // The same action once more, as after a lost connection; and another one with the same target.
        number -= 2;
        assertThat(perform(save).getFirst()).isInstanceOf(ActionResult.AlreadyDone.class);
        number += 1;
        var saved = Files.getLastModifiedTime(Path.of(snapshot));
        assertThat(perform(save).getFirst()).isInstanceOf(ActionResult.Refused.class);
        assertThat(Files.getLastModifiedTime(Path.of(snapshot))).isEqualTo(saved);
        assertThat(Files.size(folder.resolve("streamed.db")) % 512).isEqualTo(32);

        var restore = restore(tool, snapshot);
        Files.createDirectories(folder.resolve("new.part/member"));
        done(restore);
        assertThat(perform(restore).getFirst()).isInstanceOf(ActionResult.AlreadyDone.class);
        assertThat(folder.resolve("new.part")).doesNotExist();
        assertThat(folder.resolve("wal")).isDirectory();

        etcd.kill();
        etcd = LocalEtcd.start(
                folder,
                "new",
                peerUrl,
                "ignored",
                "--cert-file=" + pki.path("server.crt"),
                "--key-file=" + pki.path("server.key"),
                "--client-cert-auth",
                "--trusted-ca-file=" + pki.path("ca.crt"),
                "--wal-dir=" + folder + "/wal");
        var id = restore.member().memberId();
        done(new Await(new Probe.MemberIs(access(), member(id)), SOON, Direction.FORWARD));
    }

    private EtcdDataAction.RestoreData restore(EtcdTool tool, String snapshot) {
        var cluster = dev.runbook.etcd.identity.InitialCluster.of(Map.of("m1", peerUrl));
        var spec = new MemberSpec(
                "m1",
                List.of(peerUrl),
                "m1=" + peerUrl,
                "after",
                OptionalLong.empty(),
                cluster.membership("after").member("m1").toString(),
                cluster.membership("after").clusterId().toString(),
                1,
                OptionalLong.empty());
        return new EtcdDataAction.RestoreData(
                tool,
                snapshot,
                folder + "/new",
                Optional.of(folder + "/wal"),
                spec,
                Attributes.PRIVATE_FOLDER,
                false,
                SOON);
    }

    @Test
    void aFolderThatIsThereIsNotRestoredInto() throws Exception {
        Files.createDirectories(folder.resolve("new"));
        Files.writeString(folder.resolve("snap.db"), "x");
        var restore = restore(new EtcdTool.OnHost("etcdctl", "etcdctl"), folder + "/snap.db");
        assertThat(perform(restore).getFirst()).isInstanceOf(ActionResult.Refused.class);
        Files.delete(folder.resolve("new"));
        assertThat(perform(restore).getFirst())
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.failure().exitCode()).isPresent());
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aCertificateIsCheckedForTheAddressThatTheNodeDials() throws Exception {
        var port = LocalEtcd.freePort();
        var server = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-quiet",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-cert",
                        pki.path("server.crt"),
                        "-key",
                        pki.path("server.key"),
                        "-www")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s_server.log").toFile())
                .start();
        try {
            var ca = Optional.of(pki.path("ca.crt"));
            done(new Await(new Probe.HttpsOk("127.0.0.1", port, "/", ca), SOON, Direction.FORWARD));
            assertThat(found(new Probe.HttpsOk("localhost", port, "/", ca))).contains("localhost");
            var other = Optional.of(pki.path("other-ca.crt"));
            assertThat(found(new Probe.HttpsOk("127.0.0.1", port, "/", other))).contains("PKIX");
            assertThat(found(new Probe.HttpsOk("127.0.0.1", port, "/", Optional.of(folder + "/none"))))
                    .contains("not there on cp1");
        } finally {
            server.destroy();
        }
        assertThat(found(new Probe.HttpsOk("127.0.0.1", LocalEtcd.freePort(), "/", Optional.empty())))
                .containsIgnoringCase("refused");
    }

    @Test
    void thisMachineNeedsNoTunnel() throws Exception {
        var shell = new ShellSettings(folder + "/local", List.of(), Duration.ofSeconds(10), Duration.ofSeconds(5));
        try (var local = new NodeFactory(sshd.settings(), shell, new JetcdMembers())
                .node("here", new Connection.Local(new Connection.Become.No()))) {
            assertThat(local.check(new Probe.MemberIs(access(), Probe.Expected.anyone()), SOON))
                    .isEqualTo(new ProbeResult.Holds());
        }
    }
}
