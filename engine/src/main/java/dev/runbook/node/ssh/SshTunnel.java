package dev.runbook.node.ssh;

import dev.runbook.facts.Silence;
import dev.runbook.node.shell.wire.Trouble;
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
import net.schmizz.sshj.connection.channel.OpenFailException;
import org.jspecify.annotations.Nullable;

/**
 * A port on our loopback whose connections an SSH server dials, or a program on that server where it refuses to: hardened
 * nodes have {@code AllowTcpForwarding no}. Not sshj's own forwarder: that one ends with the first
 * connection that the server cannot make, and a member that is down is what we ask about most.
 */
final class SshTunnel implements Tunnel {
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    /** For a program on the node to start and to connect. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final SSHClient client;
    private final ServerSocket listener;
    private final String target;
    private final int targetPort;
    private final SshRelay.Starter programs;
    private volatile @Nullable Trouble trouble;

    /** Whether sshd has refused to connect to this target: then it is not asked again. */
    private volatile boolean refused;

    private SshTunnel(
            SSHClient client, SshRelay.Starter programs, ServerSocket listener, String target, int targetPort) {
        this.programs = programs;
        this.client = client;
        this.listener = listener;
        this.target = target;
        this.targetPort = targetPort;
    }

    /** @param programs starts programs on the same machine, which connect where sshd refuses to */
    static SshTunnel open(SSHClient client, SshRelay.Starter programs, String host, int port) throws IOException {
        var listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        var tunnel = new SshTunnel(client, programs, listener, host, port);
        Thread.ofVirtual().name("ssh-tunnel").start(tunnel::accept);
        return tunnel;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().name("ssh-tunnel-connection").start(() -> forward(socket));
            } catch (IOException e) {
                trouble = new Trouble(Silence.OTHER, "the tunnel is closed: " + e.getMessage());
                IOUtils.closeQuietly(listener);
            }
        }
    }

    private void forward(Socket socket) {
        try (var channel = dial();
                socket) {
            var back = Thread.ofVirtual()
                    .name("ssh-tunnel-back")
                    .start(() -> pump(channel.input(), socket::getOutputStream));
            pump(socket.getInputStream(), channel::output);
            // Time for the rest of an answer to one who has stopped asking.
            back.join(LAST_WORDS);
        } catch (IOException e) {
            IOUtils.closeQuietly(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Told before our end is closed: whoever sees that asks for the reason at once. */
    private Dialled dial() throws IOException {
        try {
            return refused ? relayed() : forwarded();
        } catch (SshRelay.NotMade e) {
            trouble = e.trouble();
            throw e;
        } catch (IOException e) {
            var said = String.valueOf(e.getMessage());
            trouble = new Trouble(Silence.told(said), said);
            throw e;
        }
    }

    private Dialled forwarded() throws IOException {
        try {
            return new Dialled.Forwarded(client.newDirectConnection(target, targetPort));
        } catch (OpenFailException e) {
            if (!Forwarding.isRefused(e)) {
                throw e;
            }
            refused = true;
            return relayed();
        }
    }

    private Dialled relayed() throws SshRelay.NotMade {
        return SshRelay.open(programs, target, targetPort, CONNECT);
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
    public Optional<Trouble> trouble() {
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
