package dev.runbook.node.etcd;

import dev.runbook.etcd.client.EtcdFailure;
import dev.runbook.etcd.client.EtcdReader;
import dev.runbook.etcd.client.TlsMaterial;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.shell.MemberDialer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Dials members with the etcd client; one new client each time, since an old one backs off after an outage. */
public final class JetcdMembers implements MemberDialer {
    /**
     * Of every question. A healthy member on a loaded machine was seen to take more than 3 s; one that hangs is waited for
     * this long in every survey.
     */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    @Override
    public MemberReader dial(Route route) throws MemberUnreachable {
        try {
            return new JetcdReader(open(route));
        } catch (EtcdFailure e) {
            throw Silences.of(e);
        }
    }

    @Override
    public void saveSnapshot(Route route, Path target, Duration deadline, LongConsumer moved) throws MemberUnreachable {
        try (var reader = open(route)) {
            reader.snapshotTo(target, deadline, moved::accept);
        } catch (EtcdFailure e) {
            throw Silences.of(e);
        }
    }

    private static EtcdReader open(Route route) throws EtcdFailure {
        Optional<TlsMaterial> tls =
                route.tls().isPresent() ? Optional.of(material(route.tls().get())) : Optional.empty();
        return EtcdReader.open(
                new InetSocketAddress(route.host(), route.port()),
                tls,
                route.access().host() + ":" + route.access().port(),
                DEADLINE);
    }

    private static TlsMaterial material(Tls tls) throws EtcdFailure {
        if (tls.authority().isEmpty()) {
            throw new EtcdFailure(new EtcdFailure.BadTlsMaterial(
                    "the member's configuration names no certificate authority, so its certificate cannot be checked"));
        }
        var authority = bytes(tls.authority().get());
        if (tls.identity().isEmpty()) {
            return TlsMaterial.serverOnly(authority);
        }
        var identity = tls.identity().get();
        return TlsMaterial.mutual(
                authority, bytes(identity.certificate()), bytes(identity.key().reveal()));
    }

    private static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}
