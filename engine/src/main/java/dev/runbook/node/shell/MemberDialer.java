package dev.runbook.node.shell;

import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Secret;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Talks to one etcd member through a port of this machine that leads there. */
public interface MemberDialer {
    MemberReader dial(Route route) throws MemberUnreachable;

    /**
     * Streams a snapshot into a new file and checks the SHA-256 at its end.
     *
     * @param moved is told how many bytes have arrived
     */
    void saveSnapshot(Route route, Path target, Duration deadline, LongConsumer moved) throws MemberUnreachable;

    /**
     * The way to a member.
     *
     * @param host to connect to, most often loopback
     * @param port to connect to
     * @param access as the node sees it; its host is what the certificate is checked for
     */
    record Route(String host, int port, EtcdAccess access, Optional<Tls> tls) {}

    /**
     * What is needed to trust and to be trusted, in PEM, as it was read from the node.
     *
     * @param authority empty where nothing vouches for the member's certificate
     */
    record Tls(Optional<String> authority, Optional<Identity> identity) {}

    /** A client's certificate with its private key. */
    record Identity(String certificate, Secret key) {}
}
