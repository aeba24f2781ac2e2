package dev.runbook.etcd.client;

import io.grpc.Status;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Maps a gRPC status to an {@link EtcdFailure}. etcd's messages are those of api/v3rpc/rpctypes/error.go. */
final class GrpcFailures {
    private GrpcFailures() {}

    /** @param revision the requested one, 0 for none */
    static EtcdFailure of(Status status, String address, Duration waited, long revision) {
        return new EtcdFailure(reason(status, address, waited, revision));
    }

    private static EtcdFailure.Reason reason(Status status, String address, Duration waited, long revision) {
        String detail = oneLine(status.getDescription());
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> new EtcdFailure.TimedOut(address, waited);
            case UNAVAILABLE -> unavailable(status, address, waited, detail);
            case UNAUTHENTICATED, PERMISSION_DENIED -> new EtcdFailure.Unauthenticated(detail);
            case OUT_OF_RANGE -> {
                if (detail.contains("compacted")) {
                    yield new EtcdFailure.Compacted(revision);
                }
                yield detail.contains("future revision")
                        ? new EtcdFailure.FutureRevision(revision)
                        : new EtcdFailure.Refused(status.getCode().name(), detail);
            }
            case INVALID_ARGUMENT ->
                detail.contains("user name is empty")
                        ? new EtcdFailure.Unauthenticated(detail)
                        : new EtcdFailure.Refused(status.getCode().name(), detail);
            // etcd knows the deadline of this client, and may see first that it has passed.
            case UNKNOWN ->
                detail.contains("context deadline exceeded")
                        ? new EtcdFailure.TimedOut(address, waited)
                        : new EtcdFailure.Refused(status.getCode().name(), detail);
            case OK,
                    CANCELLED,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS -> new EtcdFailure.Refused(status.getCode().name(), detail);
        };
    }

    private static EtcdFailure.Reason unavailable(Status status, String address, Duration waited, String detail) {
        if (detail.startsWith("etcdserver: ")) {
            return new EtcdFailure.NoQuorum(detail.substring("etcdserver: ".length()));
        }
        // A process that hangs accepts connections, and says nothing of certificates.
        if (find(status.getCause(), SslHandshakeTimeoutException.class).isPresent()) {
            return new EtcdFailure.TimedOut(address, waited);
        }
        Optional<SSLException> tls = find(status.getCause(), SSLException.class);
        if (tls.isPresent()) {
            return new EtcdFailure.TlsRefused(address, innermost(tls.get()));
        }
        return new EtcdFailure.Unreachable(
                address,
                find(status.getCause(), IOException.class)
                        .map(GrpcFailures::innermost)
                        .orElse(detail));
    }

    private static <T extends Throwable> Optional<T> find(@Nullable Throwable failure, Class<T> kind) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return Optional.of(kind.cast(at));
            }
        }
        return Optional.empty();
    }

    /** The innermost cause is the most specific: an unknown or expired certificate, or the error of the system call. */
    private static String innermost(Throwable failure) {
        String text = failure instanceof ClosedChannelException
                ? "the peer closed the connection at once"
                : oneLine(failure.getMessage());
        for (Throwable at = failure.getCause(); at != null; at = at.getCause()) {
            text = at.getMessage() == null ? text : oneLine(at.getMessage());
        }
        return text;
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "no reason given" : text.replaceAll("\\s+", " ").strip();
    }
}
