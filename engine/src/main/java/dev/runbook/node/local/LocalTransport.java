package dev.runbook.node.local;

import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.wire.Channel;
import dev.runbook.node.shell.wire.Transport;
import dev.runbook.node.shell.wire.Trouble;
import dev.runbook.node.shell.wire.Tunnel;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Programs and addresses of this machine, without any link in between. */
public final class LocalTransport implements Transport {
    private final Set<LocalChannel> channels = ConcurrentHashMap.newKeySet();

    @Override
    public Channel start(String command, boolean bulk) throws NodeUnreachable {
        try {
            var channel = LocalChannel.start(command);
            channels.add(channel);
            return channel;
        } catch (IOException e) {
            throw new NodeUnreachable("cannot start sh: " + e.getMessage(), "this machine needs a POSIX sh");
        }
    }

    @Override
    public Tunnel tunnel(String host, int port) {
        return new Direct(host, port);
    }

    @Override
    public void close() {
        channels.forEach(LocalChannel::close);
    }

    private record Direct(String host, int port) implements Tunnel {
        @Override
        public Optional<Trouble> trouble() {
            return Optional.empty();
        }

        @Override
        public void forgetTrouble() {
            // Whoever dials sees it at first hand.
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
