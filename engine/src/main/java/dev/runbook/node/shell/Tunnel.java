package dev.runbook.node.shell;

/** A port on this machine's loopback whose connections are dialled from a node. */
public interface Tunnel extends AutoCloseable {
    /** Where to connect to; a loopback address, or the target itself when the node is this machine. */
    String host();

    int port();

    @Override
    void close();
}
