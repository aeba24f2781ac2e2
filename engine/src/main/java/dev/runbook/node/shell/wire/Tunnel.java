package dev.runbook.node.shell.wire;

import java.util.Optional;

/** A port on this machine's loopback whose connections are dialled from a node. */
public interface Tunnel extends AutoCloseable {
    /** Where to connect to; a loopback address, or the target itself when the node is this machine. */
    String host();

    int port();

    /** Why a connection through it was not made, if one was not since {@link #forgetTrouble}. */
    Optional<Trouble> trouble();

    void forgetTrouble();

    @Override
    void close();
}
