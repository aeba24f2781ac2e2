package dev.runbook.etcd.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.SnapshotSummary;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random histories on the real etcd on the PATH: a snapshot reads the same as etcd's own tool and the member report. Three
 * histories, or {@code -Dhistories=200}, from seed {@code -Dhistories.first}.
 */
class HistoriesTest {
    private static final int TRANSACTIONS = 60;
    private static final int NAMES = 300;
    private static final int MAX_WRITES = 40;

    @TempDir
    private Path folder;

    static IntStream seeds() {
        int first = Integer.getInteger("histories.first", 1);
        return IntStream.range(first, first + Integer.getInteger("histories", 3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSnapshotReadsAsInEtcd(int seed) throws Exception {
        LocalPrograms.assume("etcd", "etcdctl");
        Random random = new Random(seed);
        try (LocalEtcd etcd = LocalEtcd.start(folder, "data", LocalEtcd.newPeerUrl(), "histories")
                        .ready();
                EtcdReader reader = etcd.reader()) {
            ManagedChannel channel = MemberChannels.open(etcd.address(), Optional.empty(), "127.0.0.1");
            long compacted;
            long live;
            try {
                compacted = new History(random, channel, etcd).run();
                live = KVGrpc.newBlockingStub(channel)
                        .range(RangeRequest.newBuilder()
                                .setKey(KeyRanges.FIRST)
                                .setRangeEnd(KeyRanges.FIRST)
                                .setCountOnly(true)
                                .build())
                        .getCount();
            } finally {
                channel.shutdownNow();
            }
            long latest = reader.status().revision();
            long between = random.nextLong(Math.min(compacted + 1, latest), latest + 1);
            KvHash hashAtEnd = reader.hashKv(latest);
            KvHash hashBetween = reader.hashKv(between);
            String user = random.nextInt(4) == 0 ? authEnabled(etcd) : "";

            Path file = folder.resolve("snapshot.db");
            if (user.isEmpty()) {
                etcd.etcdctl("snapshot", "save", file.toString());
            } else {
                etcd.etcdctl("--user=" + user, "snapshot", "save", file.toString());
            }
            JsonNode status = new JsonMapper()
                    .readTree(lastLine(etcd.etcdctl("snapshot", "status", file.toString(), "-w", "json")));
            try (SnapshotFile opened = SnapshotFile.open(file)) {
                SnapshotSummary summary = opened.summarize();
                assertThat(summary.status())
                        .isEqualTo(new SnapshotSummary.Status(
                                status.path("hash").asLong(),
                                status.path("totalKey").asLong(),
                                live,
                                status.path("totalSize").asLong()));
                if (LocalPrograms.installed("etcdutl")) {
                    assertThat(new JsonMapper()
                                    .readTree(lastLine(LocalPrograms.run(
                                            folder, "etcdutl", "snapshot", "status", file.toString(), "-w", "json"))))
                            .isEqualTo(status);
                }
                assertThat(summary.revisions().latest())
                        .isEqualTo(status.path("revision").asLong());
                assertThat(summary.storage().trailer()).isInstanceOf(Trailer.TrailerVerified.class);
                assertThat(opened.hashKv(latest).hash()).isEqualTo(hashAtEnd.hash());
                assertThat(opened.hashKv(between).hash()).isEqualTo(hashBetween.hash());
            }
        }
        Files.delete(folder.resolve("snapshot.db"));
    }

    private static String authEnabled(LocalEtcd etcd) throws Exception {
        etcd.etcdctl("user", "add", "root:of-this-test");
        etcd.etcdctl("role", "add", "reader");
        etcd.etcdctl("auth", "enable");
        return "root:of-this-test";
    }

    /** etcdctl 3.5 prints a warning first. */
    private static String lastLine(String output) {
        return output.strip().lines().toList().getLast();
    }

    /** Random changes to a store. */
    private static final class History {
        private final Random random;
        private final KVGrpc.KVBlockingStub keys;
        private final LeaseGrpc.LeaseBlockingStub leases;
        private final LocalEtcd etcd;
        private long lease;
        private long revision = 1;
        private long compacted;

        History(Random random, ManagedChannel channel, LocalEtcd etcd) {
            this.random = random;
            this.keys = KVGrpc.newBlockingStub(channel);
            this.leases = LeaseGrpc.newBlockingStub(channel);
            this.etcd = etcd;
        }

        /** Makes the changes; returns the compacted revision, 0 for none. */
        long run() throws Exception {
            for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
                switch (random.nextInt(20)) {
                    case 0 -> compact();
                    case 1 -> etcd.etcdctl("defrag");
                    case 2, 3 -> deleteSome();
                    case 4 -> lease();
                    default -> write();
                }
            }
            return compacted;
        }

        private void write() {
            TreeSet<Integer> names = new TreeSet<>();
            for (int write = random.nextInt(MAX_WRITES) + 1; write > 0; write--) {
                names.add(random.nextInt(NAMES));
            }
            TxnRequest.Builder transaction = TxnRequest.newBuilder();
            for (int name : names) {
                transaction.addSuccess(
                        random.nextInt(8) == 0
                                ? RequestOp.newBuilder()
                                        .setRequestDeleteRange(
                                                DeleteRangeRequest.newBuilder().setKey(name(name)))
                                : RequestOp.newBuilder().setRequestPut(put(name)));
            }
            revision = keys.txn(transaction.build()).getHeader().getRevision();
        }

        private PutRequest put(int name) {
            // Some values need pages of their own.
            byte[] value = new byte[random.nextInt(30) == 0 ? random.nextInt(20_000) : random.nextInt(200)];
            random.nextBytes(value);
            return PutRequest.newBuilder()
                    .setKey(name(name))
                    .setValue(ByteString.copyFrom(value))
                    .setLease(random.nextInt(5) == 0 ? lease : 0)
                    .build();
        }

        private void deleteSome() {
            int from = random.nextInt(NAMES);
            revision = keys.deleteRange(DeleteRangeRequest.newBuilder()
                            .setKey(name(from))
                            .setRangeEnd(name(from + random.nextInt(NAMES / 4) + 1))
                            .build())
                    .getHeader()
                    .getRevision();
        }

        private void lease() {
            if (lease != 0 && random.nextBoolean()) {
                revision = leases.leaseRevoke(
                                LeaseRevokeRequest.newBuilder().setID(lease).build())
                        .getHeader()
                        .getRevision();
                lease = 0;
            } else {
                lease = leases.leaseGrant(
                                LeaseGrantRequest.newBuilder().setTTL(3600).build())
                        .getID();
            }
        }

        private void compact() {
            if (revision > compacted + 1) {
                // Below the latest one, because 3.4 rejects HashKV at exactly the compacted revision.
                compacted = random.nextLong(compacted + 1, revision);
                keys.compact(CompactionRequest.newBuilder()
                        .setRevision(compacted)
                        .setPhysical(random.nextBoolean())
                        .build());
            }
        }

        private static ByteString name(int number) {
            return ByteString.copyFrom("/registry/things/%04d".formatted(number).getBytes(UTF_8));
        }
    }
}
