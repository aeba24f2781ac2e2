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
 * Asks one member, and changes nothing.
 *
 * <p>Every call ends by its deadline, with an answer or an {@link EtcdFailure}; none waits for a member to come up and none is
 * repeated. May be used by several threads.
 */
public final class EtcdReader implements AutoCloseable {
    private static final int KEYS_A_PAGE = 2000;

    private final ManagedChannel channel;
    private final String address;
    private final Duration deadline;

    private EtcdReader(ManagedChannel channel, String address, Duration deadline) {
        this.channel = channel;
        this.address = address;
        this.deadline = deadline;
    }

    /** Told how much of a snapshot has arrived. */
    @FunctionalInterface
    public interface Progress {
        void received(long bytes);
    }

    /** Whether an answer has to hold for the whole cluster. */
    public enum Consistency {
        /** The member asks the others first, so that there must be a quorum. */
        LINEARIZABLE,
        /** What the member has itself, which may be old. */
        LOCAL
    }

    /**
     * Makes a client; the first call connects.
     *
     * @param address of the member, or of the near end of a tunnel to it
     * @param tls empty for a member without TLS
     * @param authority name or IP address that the server's certificate must hold, with or without a port: that of the member,
     *     not of the tunnel
     * @param deadline of each call but {@link #snapshotTo}
     * @throws EtcdFailure when the certificates cannot be used
     */
    public static EtcdReader open(
            InetSocketAddress address, Optional<TlsMaterial> tls, String authority, Duration deadline)
            throws EtcdFailure {
        return new EtcdReader(MemberChannels.open(address, tls, authority), authority, deadline);
    }

    /** What the member says of itself; also answered without a quorum. */
    public MemberStatus status() throws EtcdFailure {
        StatusResponse status = ask(
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

    /** The members as this one knows them; since etcd 3.5 it answers for the cluster, so needs a quorum. */
    public List<Member> memberList() throws EtcdFailure {
        return ask(
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
     * @param revision 0 for the current one, which may be another by the time of the next question
     */
    public KvHash hashKv(long revision) throws EtcdFailure {
        try {
            return askHash(revision);
        } catch (EtcdFailure failure) {
            if (!(failure.reason() instanceof EtcdFailure.Compacted)) {
                throw failure;
            }
            // Before 3.4.27 and 3.5.10 a store whose last revision is compacted tells its hash to who names no revision
            // only.
            KvHash current = askHash(0);
            if (current.currentRevision() != revision) {
                throw failure;
            }
            return current;
        }
    }

    private KvHash askHash(long revision) throws EtcdFailure {
        HashKVRequest request = HashKVRequest.newBuilder().setRevision(revision).build();
        HashKVResponse response = ask(
                revision, () -> timed(MaintenanceGrpc.newBlockingStub(channel)).hashKV(request));
        return new KvHash(
                Integer.toUnsignedLong(response.getHash()),
                response.getCompactRevision(),
                response.getHeader().getRevision());
    }

    /** The alarms of all members. */
    public List<Alarm> alarms() throws EtcdFailure {
        AlarmRequest request = AlarmRequest.newBuilder()
                .setAction(AlarmRequest.AlarmAction.GET)
                .build();
        return ask(
                0,
                () -> timed(MaintenanceGrpc.newBlockingStub(channel)).alarm(request).getAlarmsList().stream()
                        .map(alarm -> Alarm.of(new MemberId(alarm.getMemberID()), alarm.getAlarmValue()))
                        .toList());
    }

    /** One key, or nothing when it is not there. */
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
     * Shows all keys that start with a prefix, without their values, in byte order, as of one revision; a page of them at a
     * time is in memory.
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
     * Saves a snapshot of the member's store. It stands in {@code <target>.part} until it has come whole, has the SHA-256 that it
     * ends with, and is on disk; on a failure nothing of it is left.
     *
     * @param target replaced if there is one; its mode is 0600
     * @param within for the whole transfer
     */
    public SavedSnapshot snapshotTo(Path target, Duration within, Progress progress) throws EtcdFailure {
        Context.CancellableContext transfer = Context.current().withCancellation();
        Context outer = transfer.attach();
        try {
            channel.resetConnectBackoff();
            Iterator<SnapshotResponse> responses = MaintenanceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(within)
                    .snapshot(SnapshotRequest.getDefaultInstance());
            return new SnapshotDownload(target).save(new Blobs(responses), progress);
        } catch (StatusRuntimeException failure) {
            throw GrpcFailures.of(failure.getStatus(), address, within, 0);
        } catch (IOException failure) {
            throw SnapshotDownload.bad(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        } finally {
            transfer.detach(outer);
            // Ends the stream at the member as well when the disk here was the one to fail.
            transfer.close();
        }
    }

    private RangeResponse range(RangeRequest request) throws EtcdFailure {
        return ask(
                request.getRevision(),
                () -> timed(KVGrpc.newBlockingStub(channel)).range(request));
    }

    private <S extends AbstractStub<S>> S timed(S stub) {
        return stub.withDeadlineAfter(deadline);
    }

    private <T> T ask(long revision, Supplier<T> question) throws EtcdFailure {
        try {
            // After an outage gRPC would wait for minutes before it dials again.
            channel.resetConnectBackoff();
            return question.get();
        } catch (StatusRuntimeException failure) {
            throw GrpcFailures.of(failure.getStatus(), address, deadline, revision);
        }
    }

    /** Ends the connection; calls in flight fail. */
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
