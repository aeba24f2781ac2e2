package dev.runbook.node.ssh;

import dev.runbook.model.Connection;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.wire.Transport;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.UserAuthException;

/** Makes SSH connections, through jump hosts where asked. Shared by all hosts, for it keeps decrypted keys. */
public final class SshConnector {
    private final SshSettings settings;
    private final KnownHosts known;
    private final KeyFiles keys = new KeyFiles();

    public SshConnector(SshSettings settings) {
        this.settings = settings;
        this.known = new KnownHosts(settings.knownHosts());
    }

    /**
     * Dials, checks the host's key and logs in; for each jump host first.
     *
     * @param node the inventory's name for it, for messages
     */
    public Transport connect(String node, Connection.Ssh ssh) throws NodeUnreachable {
        var chain = new ArrayDeque<SSHClient>();
        try {
            for (int i = 0; i < ssh.jumps().size(); i++) {
                var jump = ssh.jumps().get(i);
                var before = ssh.jumps().subList(0, i);
                chain.push(connectTo("jump host " + jump.address() + " of " + node, jump, before, chain));
            }
            chain.push(connectTo(node, ssh, ssh.jumps(), chain));
            return new SshTransport(node, List.copyOf(chain));
        } catch (NodeUnreachable e) {
            chain.forEach(SshTransport::disconnect);
            throw e;
        }
    }

    private SSHClient connectTo(String node, Connection.Ssh ssh, List<Connection.Ssh> jumps, Deque<SSHClient> chain)
            throws NodeUnreachable {
        var credentials = Credentials.of(ssh, settings, keys);
        if (credentials.methods().isEmpty()) {
            throw new NodeUnreachable(
                    node + ": there is nothing to log in with" + because(credentials),
                    "name a key with ansible_ssh_private_key_file, or load one into ssh-agent");
        }
        var client = new SSHClient(new SshConfig());
        try {
            dial(node, client, ssh, jumps, chain);
            authenticate(node, client, ssh, credentials);
            return client;
        } catch (NodeUnreachable e) {
            SshTransport.disconnect(client);
            throw e;
        }
    }

    private void dial(
            String node, SSHClient client, Connection.Ssh ssh, List<Connection.Ssh> jumps, Deque<SSHClient> chain)
            throws NodeUnreachable {
        var timeout = (int) settings.connectTimeout().toMillis();
        var keepAlive = client.getConnection().getKeepAlive();
        // The thread of it starts with the connection, and only if the interval is set by then.
        keepAlive.setKeepAliveInterval((int) Math.max(1, settings.keepAlive().toSeconds()));
        if (keepAlive instanceof KeepAliveRunner runner) {
            runner.setMaxAliveCount(3);
        }
        client.setSocketFactory(new NoDelaySocketFactory());
        client.setConnectTimeout(timeout);
        client.getTransport().setTimeoutMs(timeout);
        client.getConnection().setTimeoutMs(timeout);
        var hostKeys = new HostKeys(known, settings.acceptNew(), jumps);
        client.addHostKeyVerifier(hostKeys);
        var before = chain.peek();
        var limit = new DialLimit();
        try (limit) {
            if (before == null) {
                limit.set(settings.connectTimeout(), () -> client.getSocket().close());
                client.connect(ssh.address(), ssh.port());
            } else {
                var way = before.newDirectConnection(ssh.address(), ssh.port());
                limit.set(settings.connectTimeout(), way::close);
                client.connectVia(way);
            }
        } catch (UnknownHostException e) {
            throw new NodeUnreachable(
                    node + ": the name " + ssh.address() + " has no address", "check ansible_host and DNS");
        } catch (IOException e) {
            if (hostKeys.refusal().isPresent()) {
                throw hostKeys.refusal().get();
            }
            var way = before == null ? "" : " through " + before.getRemoteHostname();
            if (Forwarding.isRefused(e)) {
                throw new NodeUnreachable(
                        node + ": no SSH connection to " + ssh.address() + " port " + ssh.port() + way
                                + ": sshd on that jump host refuses TCP forwarding",
                        "allow it there (AllowTcpForwarding, PermitOpen in sshd_config), or use another jump host");
            }
            throw new NodeUnreachable(
                    node + ": no SSH connection to " + ssh.address() + " port " + ssh.port() + way + ": "
                            + (limit.reached()
                                    ? "nothing greeted us within "
                                            + settings.connectTimeout().toSeconds() + " s"
                                    : e.getMessage()),
                    "try `" + HandCommands.login(ssh, jumps) + "` from here");
        }
    }

    private static void authenticate(String node, SSHClient client, Connection.Ssh ssh, Credentials credentials)
            throws NodeUnreachable {
        try {
            client.auth(ssh.user(), credentials.methods());
        } catch (UserAuthException e) {
            throw new NodeUnreachable(
                    node + " does not let " + ssh.user() + " in; we offered " + String.join(", ", credentials.offered())
                            + because(credentials),
                    "it takes " + String.join(" or ", client.getUserAuth().getAllowedMethods())
                            + "; check authorized_keys of " + ssh.user() + " there");
        } catch (IOException e) {
            throw new NodeUnreachable(
                    node + ": the connection was lost while logging in: " + e.getMessage(),
                    "too many keys on offer may be why: name the right one with ansible_ssh_private_key_file");
        }
    }

    private static String because(Credentials credentials) {
        return credentials.passedOver().isEmpty()
                ? ""
                : "; not offered: " + String.join(", ", credentials.passedOver());
    }
}
