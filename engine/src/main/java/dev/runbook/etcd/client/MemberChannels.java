package dev.runbook.etcd.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/** Opens gRPC channels to a member. */
final class MemberChannels {
    /** Enough for a page of keys, and for the largest value that etcd accepts. */
    private static final int MAX_MESSAGE = 64 << 20;

    /**
     * Silenced because gRPC logs what every call reports anyway; a level that is already set stays. Held in a field, because
     * the JDK drops unreferenced loggers with their level.
     */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    static {
        if (GRPC.getLevel() == null) {
            GRPC.setLevel(Level.SEVERE);
        }
    }

    private MemberChannels() {}

    static ManagedChannel open(InetSocketAddress address, Optional<TlsMaterial> tls, String authority)
            throws EtcdFailure {
        // An address instead of a name, so that no DNS lookup, load balancer or proxy is involved.
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(address)
                .overrideAuthority(authority)
                .disableRetry()
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_MESSAGE)
                .directExecutor();
        if (tls.isEmpty()) {
            return builder.negotiationType(NegotiationType.PLAINTEXT).build();
        }
        try {
            SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                    .trustManager(tls.get().authorities().toArray(X509Certificate[]::new));
            tls.get().identity().ifPresent(identity -> context.keyManager(new OneIdentity(identity)));
            return builder.negotiationType(NegotiationType.TLS)
                    .sslContext(context.build())
                    .build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new EtcdFailure(new EtcdFailure.BadTlsMaterial(
                    "the client certificate and its key cannot be used: " + String.valueOf(unusable.getMessage())));
        }
    }
}
