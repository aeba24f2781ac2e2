package dev.runbook.node.ssh;

import dev.runbook.node.shell.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.LocalPortForwarder;
import net.schmizz.sshj.connection.channel.direct.Parameters;
import org.jspecify.annotations.Nullable;

/** A port on our loopback whose connections an SSH server dials. */
final class SshTunnel implements Tunnel {
    private final ServerSocket listener;
    private final LocalPortForwarder forwarder;
    private final Thread thread;
    private volatile @Nullable String trouble;

    private SshTunnel(ServerSocket listener, LocalPortForwarder forwarder) {
        this.listener = listener;
        this.forwarder = forwarder;
        // A platform thread: the loop spins for a moment when it is closed, which would hold up virtual ones.
        this.thread = Thread.ofPlatform().daemon().name("ssh-tunnel").unstarted(this::accept);
    }

    static SshTunnel open(SSHClient client, String host, int port) throws IOException {
        var listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        var address = listener.getInetAddress().getHostAddress();
        var parameters = new Parameters(address, listener.getLocalPort(), host, port);
        var tunnel = new SshTunnel(listener, client.newLocalPortForwarder(parameters, listener));
        tunnel.thread.start();
        return tunnel;
    }

    /** A connection that the other end could not make ends the forwarder's loop; the next one may do better. */
    private void accept() {
        while (!listener.isClosed()) {
            try {
                forwarder.listen(thread);
            } catch (IOException refused) {
                // The one who connected sees its socket closed, and can ask here for the reason.
                trouble = String.valueOf(refused.getMessage());
            }
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
    public void close() {
        try {
            forwarder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
