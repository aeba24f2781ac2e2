package dev.runbook.node.shell.wire;

import dev.runbook.node.NodeUnreachable;

/** A link to a machine: starts programs there and dials from there. */
public interface Transport extends AutoCloseable {
    /** Opens one; called again after a link was lost. */
    @FunctionalInterface
    interface Opener {
        Transport open() throws NodeUnreachable;
    }

    /**
     * Starts a program.
     *
     * @param command for the login shell there
     * @param bulk whether much data will pass, so that a long link is kept full
     */
    Channel start(String command, boolean bulk) throws NodeUnreachable;

    /** Opens a port on this machine's loopback whose connections are dialled from there. */
    Tunnel tunnel(String host, int port) throws NodeUnreachable;

    @Override
    void close();
}
