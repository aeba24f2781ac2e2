package dev.runbook.node.ssh;

import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.wire.Channel;
import dev.runbook.node.shell.wire.Transport;
import dev.runbook.node.shell.wire.Tunnel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.IOUtils;

/** One SSH connection; every channel goes over it. */
final class SshTransport implements Transport {
    private final String node;
    private final List<SSHClient> chain;
    private final SSHClient client;
    private final ReentrantLock opening = new ReentrantLock();

    /** @param chain the node's own client first, then that of the host before it, and so on */
    SshTransport(String node, List<SSHClient> chain) {
        this.node = node;
        this.chain = chain;
        this.client = chain.getFirst();
    }

    @Override
    public Channel start(String command, boolean bulk) throws NodeUnreachable {
        var connection = client.getConnection();
        // A channel takes the connection's window size when it is made, so only one is made at a time.
        opening.lock();
        var usual = connection.getWindowSize();
        try {
            if (bulk) {
                connection.setWindowSize(SshConfig.BULK_WINDOW);
            }
            var session = client.startSession();
            return new SshChannel(session, session.exec(command));
        } catch (IOException e) {
            throw new NodeUnreachable(
                    node + ": no channel could be opened: " + e.getMessage(),
                    "its sshd may allow fewer (MaxSessions), or the link is gone");
        } finally {
            connection.setWindowSize(usual);
            opening.unlock();
        }
    }

    @Override
    public Tunnel tunnel(String host, int port) throws NodeUnreachable {
        try {
            return SshTunnel.open(client, command -> start(command, true), host, port);
        } catch (IOException e) {
            throw new NodeUnreachable(
                    node + ": no tunnel to " + host + " port " + port + ": " + e.getMessage(),
                    "this machine has no free port on its loopback");
        }
    }

    @Override
    public void close() {
        // The node's own first: its channel runs through the others.
        chain.forEach(SshTransport::disconnect);
    }

    /** Says good-bye on a thread of its own, since a dead link would hold us here. */
    static void disconnect(SSHClient client) {
        Thread.ofVirtual().name("ssh-disconnect").start(() -> IOUtils.closeQuietly(client));
    }
}
