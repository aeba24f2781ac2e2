package dev.runbook.node.shell;

import dev.runbook.model.Probe;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.wire.Trouble;
import dev.runbook.node.shell.wire.Tunnel;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** GET over TLS through a tunnel. The certificate must be of the address that the node dials, not of the tunnel's. */
final class HttpsProbe {
    /** What this class asks of the node that it works for. */
    interface Route {
        Tunnel tunnel(String host, int port) throws NodeUnreachable;

        String readAuthority(String path) throws NodeUnreachable, MemberUnreachable;
    }

    private final Route route;

    HttpsProbe(Route route) {
        this.route = route;
    }

    /** What was found in place of a 200; empty when it was one. */
    Optional<String> check(Probe.HttpsOk probe, Duration deadline) throws NodeUnreachable, MemberUnreachable {
        var authority = probe.authorityFile().isPresent()
                ? Optional.of(route.readAuthority(probe.authorityFile().get()))
                : Optional.<String>empty();
        var tunnel = route.tunnel(probe.host(), probe.port());
        var patience = (int) Math.max(1, Math.min(deadline.toMillis(), 60_000));
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(tunnel.host(), tunnel.port()), patience);
            plain.setSoTimeout(patience);
            return ask(probe, context(authority), plain);
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of(
                    tunnel.trouble().map(Trouble::text).orElse(e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
    }

    private static Optional<String> ask(Probe.HttpsOk probe, SSLContext context, Socket plain) throws IOException {
        try (var socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, probe.host(), probe.port(), true)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            var host = probe.host().contains(":") ? "[" + probe.host() + "]" : probe.host();
            var request = "GET " + probe.path() + " HTTP/1.1\r\nHost: " + host + ":" + probe.port()
                    + "\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var status = reader.readLine();
            if (status == null) {
                return Optional.of("the connection was closed without an answer");
            }
            return status.matches("HTTP/1\\.[01] 200( .*)?") ? Optional.empty() : Optional.of("it answers " + status);
        }
    }

    /** Trusts that authority alone; without one, whom this machine's Java trusts. */
    private static SSLContext context(Optional<String> authority) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        if (authority.isEmpty()) {
            context.init(null, null, null);
            return context;
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var bytes = new ByteArrayInputStream(authority.get().getBytes(StandardCharsets.US_ASCII));
        var count = 0;
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
            store.setCertificateEntry("authority-" + count++, certificate);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
