package dev.runbook.node.shell;

import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.wire.Channel;
import dev.runbook.node.shell.wire.Transport;
import dev.runbook.node.shell.wire.Tunnel;
import java.nio.file.Path;

/** Another transport, whose programs find those of one folder first. */
public record FirstInPath(Path folder, Transport inner) implements Transport {
    @Override
    public Channel start(String command, boolean bulk) throws NodeUnreachable {
        return inner.start("PATH=" + folder + ":$PATH; exec " + command, bulk);
    }

    @Override
    public Tunnel tunnel(String host, int port) throws NodeUnreachable {
        return inner.tunnel(host, port);
    }

    @Override
    public void close() {
        inner.close();
    }
}
