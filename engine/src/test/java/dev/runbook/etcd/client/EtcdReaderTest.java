package dev.runbook.etcd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.runbook.etcd.ExpectedRestore;
import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.etcd.snapshot.SnapshotFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the real etcd on the PATH; Debian 12 has 3.4.23. */
class EtcdReaderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void etcd() {
        LocalPrograms.assume("etcd", "etcdctl");
    }

    @Test
    void readsAMember() throws Exception {
        String peerUrl = LocalEtcd.newPeerUrl();
        try (LocalEtcd etcd = LocalEtcd.start(folder, "data", peerUrl, "one").ready();
                EtcdReader reader = etcd.reader()) {
            etcd.etcdctl("put", "/a/1", "x");
            etcd.etcdctl("put", "/a/2", "y");
            etcd.etcdctl("put", "/b", "z");
            MemberStatus status = reader.status();
            InitialCluster cluster = InitialCluster.of(Map.of("m1", peerUrl));

            assertThat(status.member()).isEqualTo(cluster.membership("one").member("m1"));
            assertThat(status.cluster()).isEqualTo(cluster.membership("one").clusterId());
            assertThat(status.leader()).contains(status.member());
            assertThat(status.revision()).isEqualTo(4);
            assertThat(reader.memberList())
                    .containsExactly(new Member(
                            status.member(),
                            "m1",
                            List.of(peerUrl),
                            List.of("http://127.0.0.1:" + etcd.clientPort),
                            false));
            assertThat(reader.alarms()).isEmpty();
            assertThat(reader.get(bytes("/a/2"), EtcdReader.Consistency.LINEARIZABLE))
                    .get()
                    .extracting(KeyEntry::value, KeyEntry::modRevision)
                    .containsExactly(bytes("y"), 3L);
            assertThat(reader.get(bytes("/none"), EtcdReader.Consistency.LOCAL)).isEmpty();
            assertThat(reader.listKeys(bytes("/a/"), EtcdReader.Consistency.LOCAL))
                    .extracting(KeyEntry::key)
                    .containsExactly(bytes("/a/1"), bytes("/a/2"));
            assertThat(reader.listKeys(ByteString.EMPTY, EtcdReader.Consistency.LOCAL))
                    .hasSize(3);
            assertThat(failure(() -> reader.hashKv(99))).isEqualTo(new EtcdFailure.FutureRevision(99));
            etcd.etcdctl("compact", "4");
            assertThat(failure(() -> reader.hashKv(3))).isEqualTo(new EtcdFailure.Compacted(3));
            assertThat(reader.hashKv(4)).isEqualTo(reader.hashKv(0));
            etcd.etcdctl("put", "/b", "zz");
            etcd.etcdctl("compact", "5");
            etcd.etcdctl("put", "/b", "zzz");
            assertThat(failure(() -> reader.hashKv(4))).isEqualTo(new EtcdFailure.Compacted(4));
        }
    }

    /** From end to end: save, check, predict, restore, start, compare. */
    @Test
    void aRestoredMemberReportsWhatItsSnapshotPredicted() throws Exception {
        String peerUrl = LocalEtcd.newPeerUrl();
        Path file = folder.resolve("saved.db");
        List<Long> progress = new ArrayList<>();
        try (LocalEtcd etcd = LocalEtcd.start(folder, "data", peerUrl, "before").ready();
                EtcdReader reader = etcd.reader()) {
            for (int key = 0; key < 40; key++) {
                etcd.etcdctl("put", "/k/" + key % 25, "v" + key);
            }
            etcd.etcdctl("del", "--prefix", "/k/1");
            etcd.etcdctl("compact", Long.toString(reader.status().revision()));
            etcd.etcdctl("put", "/k/1", "again");
            SavedSnapshot saved = reader.snapshotTo(file, Duration.ofSeconds(20), progress::add);

            assertThat(saved.size()).isEqualTo(Files.size(file)).isEqualTo(progress.getLast());
            assertThat(folder.resolve("saved.db.part")).doesNotExist();
        }
        InitialCluster cluster = InitialCluster.of(Map.of("m1", peerUrl));
        ExpectedRestore expected;
        try (SnapshotFile snapshot = SnapshotFile.open(file)) {
            assertThat(snapshot.summarize().storage().trailer()).isInstanceOf(Trailer.TrailerVerified.class);
            expected = ExpectedRestore.of(RestoredStore.read(snapshot), cluster, "after", OptionalLong.empty());
        }
        LocalPrograms.run(
                folder,
                "etcdctl",
                "snapshot",
                "restore",
                "saved.db",
                "--name=m1",
                "--data-dir=restored",
                "--initial-cluster=" + cluster,
                "--initial-advertise-peer-urls=" + peerUrl,
                "--initial-cluster-token=after");
        try (LocalEtcd etcd =
                        LocalEtcd.start(folder, "restored", peerUrl, "after").ready();
                EtcdReader reader = etcd.reader()) {
            assertThat(reader.status().member()).isEqualTo(expected.membership().member("m1"));
            assertThat(reader.status().cluster())
                    .isEqualTo(expected.membership().clusterId());
            assertThat(reader.status().revision()).isEqualTo(expected.hash().revision());
            KvHash hash = reader.hashKv(expected.hash().revision());
            assertThat(hash.hash()).isEqualTo(expected.hash().hash());
            assertThat(hash.compactRevision()).isEqualTo(expected.hash().compactRevision());
        }
    }

    @Test
    void aMissingMemberAndALostQuorumAreReportedByTheDeadline() throws Exception {
        InetSocketAddress unused = new InetSocketAddress(InetAddress.getLoopbackAddress(), LocalEtcd.freePort());
        try (EtcdReader reader = EtcdReader.open(unused, Optional.empty(), "cp1:2379", Duration.ofSeconds(3))) {
            assertThat(failure(reader::status).text())
                    .startsWith("etcd at cp1:2379 cannot be reached: ")
                    .contains("Connection refused")
                    .doesNotContain("\n");
        }
        Map<String, String> peers =
                Map.of("a", LocalEtcd.newPeerUrl(), "b", LocalEtcd.newPeerUrl(), "c", LocalEtcd.newPeerUrl());
        try (LocalEtcd a = LocalEtcd.start(folder, "a", "a", peers, "three");
                LocalEtcd b = LocalEtcd.start(folder, "b", "b", peers, "three");
                LocalEtcd c = LocalEtcd.start(folder, "c", "c", peers, "three");
                EtcdReader reader = a.ready().reader()) {
            assertThat(reader.memberList()).hasSize(3);
            b.ready();
            b.kill();
            c.kill();
            assertThat(failure(() -> reader.get(bytes("/x"), EtcdReader.Consistency.LINEARIZABLE)))
                    .isInstanceOfAny(EtcdFailure.NoQuorum.class, EtcdFailure.TimedOut.class);
            assertThat(reader.get(bytes("/x"), EtcdReader.Consistency.LOCAL)).isEmpty();
        }
    }

    @Test
    void aCallWithoutAUserIsDenied() throws Exception {
        try (LocalEtcd etcd = LocalEtcd.start(folder, "data", LocalEtcd.newPeerUrl(), "auth")
                        .ready();
                EtcdReader reader = etcd.reader()) {
            etcd.etcdctl("user", "add", "root:pw");
            etcd.etcdctl("user", "grant-role", "root", "root");
            etcd.etcdctl("auth", "enable");
            assertThat(failure(() -> reader.get(bytes("/x"), EtcdReader.Consistency.LINEARIZABLE)))
                    .isInstanceOf(EtcdFailure.Unauthenticated.class);
        }
    }

    @Test
    void bothSidesCheckTls() throws Exception {
        LocalPrograms.assume("openssl");
        TestPki pki = TestPki.create(folder);
        pki.openssl("rsa -in client.key -traditional -out client1.key");
        TlsMaterial good = TlsMaterial.mutual(pki.pem("ca.crt"), pki.pem("client.crt"), pki.pem("client1.key"));
        try (LocalEtcd etcd = LocalEtcd.start(
                folder,
                "data",
                LocalEtcd.newPeerUrl(),
                "tls",
                "--cert-file=" + pki.path("server.crt"),
                "--key-file=" + pki.path("server.key"),
                "--trusted-ca-file=" + pki.path("ca.crt"),
                "--client-cert-auth")) {
            awaitStatus(etcd, good);
            assertThat(statusFailure(etcd, Optional.of(good), "elsewhere.test"))
                    .isInstanceOf(EtcdFailure.TlsRefused.class);
            assertThat(statusFailure(
                            etcd,
                            Optional.of(TlsMaterial.mutual(
                                    pki.pem("other-ca.crt"), pki.pem("client.crt"), pki.pem("client.key"))),
                            "etcd.test"))
                    .isInstanceOf(EtcdFailure.TlsRefused.class);
            assertThat(statusFailure(etcd, Optional.of(TlsMaterial.serverOnly(pki.pem("ca.crt"))), "etcd.test"))
                    .isInstanceOf(EtcdFailure.TlsRefused.class);
            assertThat(statusFailure(etcd, Optional.empty(), "etcd.test")).isInstanceOf(EtcdFailure.Unreachable.class);
            assertThat(good).hasToString("TLS as CN=client");
        }
    }

    private static void awaitStatus(LocalEtcd etcd, TlsMaterial tls) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try (EtcdReader reader =
                    EtcdReader.open(etcd.address(), Optional.of(tls), "etcd.test:2379", Duration.ofSeconds(3))) {
                assertThat(reader.status().version()).startsWith("3.");
                return;
            } catch (EtcdFailure notYet) {
                if (attempt > 100) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    private static EtcdFailure.Reason statusFailure(LocalEtcd etcd, Optional<TlsMaterial> tls, String authority)
            throws Exception {
        try (EtcdReader reader = EtcdReader.open(etcd.address(), tls, authority, Duration.ofSeconds(3))) {
            return failure(reader::status);
        }
    }

    private static EtcdFailure.Reason failure(ThrowingCallable question) {
        EtcdFailure[] thrown = new EtcdFailure[1];
        assertThatExceptionOfType(EtcdFailure.class).isThrownBy(question).satisfies(failure -> thrown[0] = failure);
        return thrown[0].reason();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
