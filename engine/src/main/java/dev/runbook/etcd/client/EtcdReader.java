package dev.runbook.etcd.client;

import com.google.protobuf.ByteString;
import dev.runbook.etcd.identity.Alarm;
import dev.runbook.etcd.identity.ClusterId;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.identity.MemberId;
import io.etcd.jetcd.api.AlarmRequest;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.HashKVRequest;
import io.etcd.jetcd.api.HashKVResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.SnapshotRequest;
import io.etcd.jetcd.api.SnapshotResponse;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A read-only client of one member.
 *
 * <p>Every call ends by its deadline, with a result or an {@link EtcdFailure}. No call waits for a member to start, and no
 * call is retried. Several threads may use it.
 */
public final class EtcdReader implements AutoCloseable {
    private static final int KEYS_A_PAGE = 2000;

    /** {@code hash_revision} of HashKVResponse, since 3.6 (etcd: api/etcdserverpb/rpc.proto). */
    private static final int HASH_REVISION = 4;

    private final ManagedChannel channel;
    private final String address;
    private final Duration deadline;
    private final String weakness;

    private EtcdReader(ManagedChannel channel, String address, Duration deadline, String weakness) {
        this.channel = channel;
        this.address = address;
        this.deadline = deadline;
        this.weakness = weakness;
    }

    /** Receives how much of a snapshot has arrived. */
    @FunctionalInterface
    public interface DownloadProgress {
        void received(long bytes);
    }

    /** Whether a result must hold for the whole cluster. */
    public enum Consistency {
        /** The member confirms with the others first, so it needs a quorum. */
        LINEARIZABLE,
        /** The member's own data, which may be stale. */
        LOCAL
    }

    /**
     * Creates a client; the first call connects.
     *
     * @param address of the member, or of the near end of a tunnel to it
     * @param tls empty for a member without TLS
     * @param authority name or IP address that the server's certificate must contain, with or without a port: that of the member,
     *     not of the tunnel
     * @param deadline of each call but {@link #snapshotTo}
     * @throws EtcdFailure when the certificates cannot be used
     */
    public static EtcdReader open(
            InetSocketAddress address, Optional<TlsMaterial> tls, String authority, Duration deadline)
            throws EtcdFailure {
        var weakness = tls.flatMap(TlsMaterial::weakness).orElse("");
        return new EtcdReader(MemberChannels.open(address, tls, authority), authority, deadline, weakness);
    }

    /** The member's status; needs no quorum. */
    public MemberStatus status() throws EtcdFailure {
        StatusResponse status = query(
                0, () -> timed(MaintenanceGrpc.newBlockingStub(channel)).status(StatusRequest.getDefaultInstance()));
        return new MemberStatus(
                new MemberId(status.getHeader().getMemberId()),
                new ClusterId(status.getHeader().getClusterId()),
                status.getHeader().getRevision(),
                status.getRaftTerm(),
                status.getRaftAppliedIndex(),
                status.getLeader() == 0 ? Optional.empty() : Optional.of(new MemberId(status.getLeader())),
                status.getVersion(),
                status.getDbSize(),
                status.getDbSizeInUse(),
                status.getIsLearner(),
                status.getErrorsList());
    }

    /** The member list of this member; since etcd 3.5 the read is linearizable, so it needs a quorum. */
    public List<Member> memberList() throws EtcdFailure {
        return query(
                0,
                () -> timed(ClusterGrpc.newBlockingStub(channel))
                        .memberList(MemberListRequest.getDefaultInstance())
                        .getMembersList()
                        .stream()
                        .map(member -> new Member(
                                new MemberId(member.getID()),
                                member.getName(),
                                member.getPeerURLsList(),
                                member.getClientURLsList(),
                                member.getIsLearner()))
                        .toList());
    }

    /**
     * The hash of the member's own store at a revision.
     *
     * @param revision 0 for the current one, which may change between two calls
     */
    public KvHash hashKv(long revision) throws EtcdFailure {
        try {
            return queryHash(revision);
        } catch (EtcdFailure failure) {
            if (!(failure.reason() instanceof EtcdFailure.Compacted)) {
                throw failure;
            }
            // Before 3.4.27 and 3.5.10, a store whose last revision is compacted returns its hash only for revision 0.
            KvHash current = queryHash(0);
            if (current.currentRevision() != revision) {
                throw failure;
            }
            return current;
        }
    }

    private KvHash queryHash(long revision) throws EtcdFailure {
        HashKVRequest request = HashKVRequest.newBuilder().setRevision(revision).build();
        HashKVResponse response = query(
                revision, () -> timed(MaintenanceGrpc.newBlockingStub(channel)).hashKV(request));
        return new KvHash(
                Integer.toUnsignedLong(response.getHash()),
                response.getCompactRevision(),
                response.getUnknownFields().getField(HASH_REVISION).getVarintList().stream()
                        .findFirst()
                        .orElse(revision == 0 ? response.getHeader().getRevision() : revision),
                response.getHeader().getRevision());
    }

    /** The alarms of all members. */
    public List<Alarm> alarms() throws EtcdFailure {
        AlarmRequest request = AlarmRequest.newBuilder()
                .setAction(AlarmRequest.AlarmAction.GET)
                .build();
        return query(
                0,
                () -> timed(MaintenanceGrpc.newBlockingStub(channel)).alarm(request).getAlarmsList().stream()
                        .map(alarm -> Alarm.of(new MemberId(alarm.getMemberID()), alarm.getAlarmValue()))
                        .toList());
    }

    /** One key; empty when the store does not have it. */
    public Optional<KeyEntry> get(ByteString key, Consistency consistency) throws EtcdFailure {
        RangeRequest request = RangeRequest.newBuilder()
                .setKey(key)
                .setSerializable(consistency == Consistency.LOCAL)
                .build();
        return range(request).getKvsList().stream().map(KeyEntry::of).findFirst();
    }

    /** All keys that start with a prefix, without their values, in byte order, as of one revision. */
    public List<KeyEntry> listKeys(ByteString prefix, Consistency consistency) throws EtcdFailure {
        List<KeyEntry> keys = new ArrayList<>();
        visitKeys(prefix, consistency, keys::add);
        return List.copyOf(keys);
    }

    /**
     * Passes all keys that start with a prefix to a visitor, without their values, in byte order, as of one revision. Only a
     * page of them is in memory at a time.
     *
     * @return that revision
     */
    public long visitKeys(ByteString prefix, Consistency consistency, Consumer<KeyEntry> visitor) throws EtcdFailure {
        RangeRequest.Builder request = RangeRequest.newBuilder()
                .setKey(prefix.isEmpty() ? KeyRanges.FIRST : prefix)
                .setRangeEnd(KeyRanges.endOf(prefix))
                .setKeysOnly(true)
                .setLimit(KEYS_A_PAGE)
                .setSerializable(consistency == Consistency.LOCAL);
        while (true) {
            RangeResponse page = range(request.build());
            page.getKvsList().forEach(entry -> visitor.accept(KeyEntry.of(entry)));
            long revision = request.getRevision() == 0 ? page.getHeader().getRevision() : request.getRevision();
            if (!page.getMore()) {
                return revision;
            }
            ByteString last = page.getKvs(page.getKvsCount() - 1).getKey();
            request.setKey(KeyRanges.after(last)).setRevision(revision);
        }
    }

    /**
     * Saves a snapshot of the member's store. The file is {@code <target>.part} until it is complete, its trailing SHA-256
     * matches, and it is synced; on a failure the file is deleted.
     *
     * @param target replaced if it exists; its mode is 0600
     * @param within deadline of the whole transfer
     */
    public SavedSnapshot snapshotTo(Path target, Duration within, DownloadProgress progress) throws EtcdFailure {
        Context.CancellableContext transfer = Context.current().withCancellation();
        Context outer = transfer.attach();
        long begun = System.nanoTime();
        try {
            channel.resetConnectBackoff();
            Iterator<SnapshotResponse> responses = MaintenanceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(within)
                    .snapshot(SnapshotRequest.getDefaultInstance());
            return new SnapshotDownload(target).save(new Blobs(responses), progress);
        } catch (StatusRuntimeException failure) {
            throw explained(failure, begun, 0);
        } catch (IOException failure) {
            throw SnapshotDownload.bad(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        } finally {
            transfer.detach(outer);
            // Ends the stream at the member as well, when the local disk failed.
            transfer.close();
        }
    }

    private RangeResponse range(RangeRequest request) throws EtcdFailure {
        return query(
                request.getRevision(),
                () -> timed(KVGrpc.newBlockingStub(channel)).range(request));
    }

    private <S extends AbstractStub<S>> S timed(S stub) {
        return stub.withDeadlineAfter(deadline);
    }

    private <T> T query(long revision, Supplier<T> call) throws EtcdFailure {
        long begun = System.nanoTime();
        try {
            // After an outage gRPC would wait for minutes before it reconnects.
            channel.resetConnectBackoff();
            return call.get();
        } catch (StatusRuntimeException failure) {
            throw explained(failure, begun, revision);
        }
    }

    private EtcdFailure explained(StatusRuntimeException failure, long begun, long revision) {
        var waited = Duration.ofNanos(System.nanoTime() - begun);
        var found = GrpcFailures.of(failure.getStatus(), address, waited, revision);
        return found.reason() instanceof EtcdFailure.TlsRefused(var where, var detail) && !weakness.isEmpty()
                ? new EtcdFailure(new EtcdFailure.TlsRefused(where, detail + " (" + weakness + ")"))
                : found;
    }

    /** Closes the connection; calls in flight fail. */
    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** The contents of a stream's messages. */
    private record Blobs(Iterator<SnapshotResponse> responses) implements Iterator<ByteString> {
        @Override
        public boolean hasNext() {
            return responses.hasNext();
        }

        @Override
        public ByteString next() {
            return responses.next().getBlob();
        }
    }
}
