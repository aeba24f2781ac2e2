package dev.runbook.node.shell;

import dev.runbook.model.Probe;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.wire.Trouble;
import dev.runbook.node.shell.wire.Tunnel;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Whether a member serves its peers. etcd opens its peer port early, and the first byte comes from it once the server behind
 * the port runs, after the initial corruption check (etcd: server/embed/etcd.go, {@code StartEtcd} and {@code servePeers}).
 * So any byte counts, a TLS alert because of the missing client certificate too; nothing is sent that needs trust.
 */
final class PeerProbe {
    /** A member that serves answers a handshake in milliseconds, one that does not serve never. */
    private static final int LONGEST_ANSWER = 1_500;

    /** How long a look at an open port lasts: it ends as soon as the member does, which closes the connection. */
    private static final int ONE_LOOK = 3_000;

    private static final String OPEN = "its peer port is open";

    /** What this class needs of the node that it works for. */
    interface Route {
        Tunnel tunnel(String host, int port) throws NodeUnreachable;
    }

    private final Route route;

    PeerProbe(Route route) {
        this.route = route;
    }

    /** What was found instead; empty when the member serves. */
    Optional<String> check(Probe.PeerServes probe, Duration deadline) throws NodeUnreachable {
        var tunnel = route.tunnel(probe.host(), probe.port());
        var limit = (int) Math.max(1, Math.min(deadline.toMillis(), LONGEST_ANSWER));
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(tunnel.host(), tunnel.port()), limit);
            plain.setSoTimeout(limit);
            if (probe.tls()) {
                handshake(probe, plain);
            } else {
                request(probe, plain);
            }
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of("its peer port is open and does not answer yet");
        } catch (SSLException e) {
            return answered(e)
                    ? Optional.empty()
                    : Optional.of(tunnel.trouble().map(Trouble::text).orElse("its peer port closes the connection"));
        } catch (IOException e) {
            return Optional.of(
                    tunnel.trouble().map(Trouble::text).orElse(e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
    }

    /**
     * What was found instead; empty when nothing listens there. A way to the port that is refused tells nothing, and is not
     * waited for: the probe orders what is stopped anyway.
     */
    Optional<String> check(Probe.PeerStopped probe, Duration deadline) throws NodeUnreachable {
        var tunnel = route.tunnel(probe.host(), probe.port());
        tunnel.forgetTrouble();
        var limit = (int) Math.max(1, Math.min(deadline.toMillis(), ONE_LOOK));
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(tunnel.host(), tunnel.port()), limit);
            plain.setSoTimeout(limit);
            // A member says nothing before it is asked.
            return plain.getInputStream().read() < 0 ? closed(tunnel) : Optional.of(OPEN);
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of(OPEN);
        } catch (IOException e) {
            return closed(tunnel);
        }
    }

    private static Optional<String> closed(Tunnel tunnel) {
        return tunnel.trouble()
                .map(trouble -> switch (trouble.kind()) {
                    case NOTHING_LISTENS, FORWARDING_REFUSED -> Optional.<String>empty();
                    case TLS, DENIED, TIMED_OUT, OTHER -> Optional.of(trouble.text());
                })
                .orElse(Optional.of(OPEN));
    }

    private static void handshake(Probe.PeerServes probe, Socket plain) throws IOException {
        try (var socket =
                (SSLSocket) anyone().getSocketFactory().createSocket(plain, probe.host(), probe.port(), true)) {
            socket.startHandshake();
        }
    }

    private static void request(Probe.PeerServes probe, Socket plain) throws IOException {
        plain.getOutputStream()
                .write(("GET /version HTTP/1.0\r\nHost: " + probe.host() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        if (plain.getInputStream().read() < 0) {
            throw new EOFException("the connection was closed without an answer");
        }
    }

    /** An alert is an answer; an end of the stream, or a silence, is none. */
    private static boolean answered(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || cause instanceof SocketTimeoutException) {
                return false;
            }
        }
        return true;
    }

    private static SSLContext anyone() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    /** Accepts every certificate, because the question is whether the port answers, and no data follows. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
