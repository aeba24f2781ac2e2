package dev.runbook.etcd.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.ExpectedRestore;
import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.etcd.snapshot.SnapshotFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the real etcd on the PATH, whose etcdutl must support a bump: 3.5.10 or later. */
class RestoreTest {
    private static final int KEYS = 12;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void threeMembersReportWhatWasPredicted(long seed) throws Exception {
        LocalPrograms.assume("etcd", "etcdctl", "etcdutl");
        Path file = folder.resolve("saved.db");
        try (LocalEtcd etcd = LocalEtcd.start(folder, "data", LocalEtcd.newPeerUrl(), "before")
                        .ready();
                EtcdReader reader = etcd.reader()) {
            change(etcd, reader, new Random(seed));
            reader.snapshotTo(file, Duration.ofSeconds(20), received -> {});
        }
        SortedMap<String, String> peers = new TreeMap<>();
        for (String name : List.of("a", "b", "c")) {
            peers.put(name, LocalEtcd.newPeerUrl());
        }
        InitialCluster cluster = InitialCluster.of(peers);
        try (SnapshotFile snapshot = SnapshotFile.open(file)) {
            RestoredStore store = RestoredStore.read(snapshot);
            OptionalLong bump = OptionalLong.of(1_000_000);
            ExpectedRestore expected = ExpectedRestore.of(store, cluster, "after", bump);
            for (Map.Entry<String, String> peer : peers.entrySet()) {
                restore(cluster, peer, bump.getAsLong());
            }
            assertAllAsPredicted(peers, expected);
        }
    }

    private static void change(LocalEtcd etcd, EtcdReader reader, Random random) throws Exception {
        for (int change = 0; change < 90; change++) {
            String key = "/k/" + random.nextInt(KEYS);
            switch (random.nextInt(10)) {
                case 0 -> {
                    // A revision can be compacted only once.
                    etcd.etcdctl("put", key, "v" + change);
                    etcd.etcdctl("compact", Long.toString(reader.status().revision()));
                }
                case 1, 2, 3 -> etcd.etcdctl("del", key);
                default -> etcd.etcdctl("put", key, "v" + change);
            }
        }
    }

    private void restore(InitialCluster cluster, Map.Entry<String, String> peer, long bump) throws Exception {
        LocalPrograms.run(
                folder,
                "etcdutl",
                "snapshot",
                "restore",
                "saved.db",
                "--name=" + peer.getKey(),
                "--data-dir=" + peer.getKey(),
                "--initial-cluster=" + cluster,
                "--initial-advertise-peer-urls=" + peer.getValue(),
                "--initial-cluster-token=after",
                "--bump-revision=" + bump,
                "--mark-compacted");
    }

    private void assertAllAsPredicted(SortedMap<String, String> peers, ExpectedRestore expected) throws Exception {
        List<LocalEtcd> members = new ArrayList<>();
        try {
            for (String name : peers.keySet()) {
                members.add(LocalEtcd.start(folder, name, name, peers, "after"));
            }
            for (LocalEtcd member : members) {
                try (EtcdReader reader = member.ready().reader()) {
                    MemberStatus status = reader.status();
                    assertThat(expected.membership().members()).containsValue(status.member());
                    assertThat(status.cluster()).isEqualTo(expected.membership().clusterId());
                    assertThat(status.revision()).isEqualTo(expected.hash().revision());
                    assertThat(reader.hashKv(expected.hash().revision()))
                            .isEqualTo(new KvHash(
                                    expected.hash().hash(),
                                    expected.hash().compactRevision(),
                                    expected.hash().revision(),
                                    expected.hash().revision()));
                }
            }
        } finally {
            members.forEach(LocalEtcd::close);
        }
    }
}
