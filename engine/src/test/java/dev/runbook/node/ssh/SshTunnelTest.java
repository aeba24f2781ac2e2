package dev.runbook.node.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.node.shell.Pauses;
import dev.runbook.node.shell.wire.ProgramEnd;
import dev.runbook.node.shell.wire.Transport;
import dev.runbook.node.shell.wire.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections through an SSH connection must never harm it. */
@Timeout(60)
class SshTunnelTest {
    @TempDir
    private Path folder;

    private TestSshd sshd;
    private Transport transport;

    @BeforeEach
    void start() throws Exception {
        sshd = TestSshd.start(folder.resolve("sshd"));
        transport = new SshConnector(sshd.settings()).connect("cp1", sshd.connection());
    }

    @AfterEach
    void stop() {
        transport.close();
        sshd.close();
    }

    private static Socket through(Tunnel tunnel) throws IOException {
        return new Socket(tunnel.host(), tunnel.port());
    }

    private void assertAlive() throws Exception {
        try (var channel = transport.start("exit 7", false)) {
            assertThat(channel.ending(Duration.ofSeconds(5))).isEqualTo(new ProgramEnd.Exited(7));
        }
    }

    @Test
    void hangingUpOnAServerThatTalksHarmsNothing() throws Exception {
        var ended = new AtomicInteger();
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> talk(server, ended));
            var tunnel = transport.tunnel("127.0.0.1", server.getLocalPort());
            for (var count = 0; count < 20; count++) {
                try (var socket = through(tunnel)) {
                    assertThat(socket.getInputStream().read()).isZero();
                }
            }
            assertAlive();
            Pauses.until(() -> ended.get() == 20);
            assertAlive();
        }
    }

    /** To everyone, until they hang up. */
    private static void talk(ServerSocket server, AtomicInteger ended) {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        while (true) {
                            socket.getOutputStream().write(new byte[8192]);
                        }
                    } catch (IOException hungUp) {
                        ended.incrementAndGet();
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void aMissingServerIsReportedAndDialledAgainNextTime() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var tunnel = transport.tunnel("127.0.0.1", port);
        try (var socket = through(tunnel)) {
            assertThat(socket.getInputStream().read()).isNegative();
        }
        assertThat(tunnel.trouble())
                .hasValueSatisfying(why -> assertThat(why.text()).containsIgnoringCase("refused"));
        var ended = new AtomicInteger();
        try (var server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> talk(server, ended));
            try (var socket = through(tunnel)) {
                assertThat(socket.getInputStream().read()).isZero();
            }
        }
        assertAlive();
    }
}
