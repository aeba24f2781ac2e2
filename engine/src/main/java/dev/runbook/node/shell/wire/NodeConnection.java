package dev.runbook.node.shell.wire;

import dev.runbook.node.NodeUnreachable;
import java.util.HashMap;
import java.util.Map;

/** A connection to a node with its shell, and the tunnels that were opened over it. */
public final class NodeConnection implements AutoCloseable {
    private final Transport transport;
    private final FramedShell shell;
    private final String session = Nonces.next();
    private final Map<String, Tunnel> tunnels = new HashMap<>();

    private NodeConnection(Transport transport, FramedShell shell) {
        this.transport = transport;
        this.shell = shell;
    }

    public static NodeConnection open(Transport.Opener opener, ShellStart start) throws NodeUnreachable {
        var transport = opener.open();
        try {
            return new NodeConnection(transport, start.open(transport, false));
        } catch (NodeUnreachable e) {
            transport.close();
            throw e;
        }
    }

    public Transport transport() {
        return transport;
    }

    public FramedShell shell() {
        return shell;
    }

    /** Tells this shell's batches from those of an older connection of ours. */
    public String session() {
        return session;
    }

    public synchronized Tunnel tunnel(String host, int port) throws NodeUnreachable {
        var address = host + " " + port;
        var known = tunnels.get(address);
        if (known != null) {
            known.forgetTrouble();
            return known;
        }
        var opened = transport.tunnel(host, port);
        tunnels.put(address, opened);
        return opened;
    }

    @Override
    public synchronized void close() {
        tunnels.values().forEach(Tunnel::close);
        tunnels.clear();
        shell.close();
        transport.close();
    }
}
