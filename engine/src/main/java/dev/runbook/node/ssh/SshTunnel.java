package dev.runbook.node.ssh;

import dev.runbook.node.shell.wire.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.IOUtils;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;

/**
 * A port on our loopback whose connections an SSH server dials. Not sshj's own forwarder: that one ends with the first
 * connection that the server cannot make, and a member that is down is what we ask about most.
 */
final class SshTunnel implements Tunnel {
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private final SSHClient client;
    private final ServerSocket listener;
    private final String target;
    private final int targetPort;
    private volatile @Nullable String trouble;

    private SshTunnel(SSHClient client, ServerSocket listener, String target, int targetPort) {
        this.client = client;
        this.listener = listener;
        this.target = target;
        this.targetPort = targetPort;
    }

    static SshTunnel open(SSHClient client, String host, int port) throws IOException {
        var listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        var tunnel = new SshTunnel(client, listener, host, port);
        Thread.ofVirtual().name("ssh-tunnel").start(tunnel::accept);
        return tunnel;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().name("ssh-tunnel-connection").start(() -> forward(socket));
            } catch (IOException e) {
                trouble = "the tunnel is closed: " + e.getMessage();
                IOUtils.closeQuietly(listener);
            }
        }
    }

    private void forward(Socket socket) {
        try (var channel = dial();
                socket) {
            var back = Thread.ofVirtual()
                    .name("ssh-tunnel-back")
                    .start(() -> pump(channel.getInputStream(), socket::getOutputStream));
            pump(socket.getInputStream(), channel::getOutputStream);
            // Time for the rest of an answer to one who has stopped asking.
            back.join(LAST_WORDS);
        } catch (IOException e) {
            IOUtils.closeQuietly(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Told before our end is closed: whoever sees that asks for the reason at once. */
    private DirectConnection dial() throws IOException {
        try {
            return client.newDirectConnection(target, targetPort);
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
            throw e;
        }
    }

    @FunctionalInterface
    private interface Opened {
        OutputStream stream() throws IOException;
    }

    /**
     * Until one side has no more to say, or is gone. Closes only what it writes to, which passes that on: sshj takes
     * data for a channel whose input stream was closed for an error of the whole connection.
     */
    private static void pump(InputStream from, Opened to) {
        try (var out = to.stream()) {
            var buffer = new byte[1 << 15];
            for (var count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // Either end may hang up whenever it likes; the other learns of it by the stream that is closed now.
            return;
        }
    }

    @Override
    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void forgetTrouble() {
        trouble = null;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
