package dev.runbook.cli.options;

import picocli.CommandLine.Mixin;

/** Connections to hosts, or simulated nodes in their place. */
public final class NodeOptions {
    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    SimulateOptions simulation = new SimulateOptions();

    /** Rejects {@code --facts} without {@code --simulate}. */
    public ConnectionOptions connections() {
        return simulation.applyTo(connections);
    }
}
