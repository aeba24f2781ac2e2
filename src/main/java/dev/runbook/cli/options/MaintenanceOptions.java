package dev.runbook.cli.options;

import picocli.CommandLine.Mixin;

/** How a command on earlier runs or their locks reaches hosts, shows its results, and is confirmed. */
public final class MaintenanceOptions {
    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    ConfirmOptions confirmation = new ConfirmOptions();

    public ConnectionOptions connections() {
        return connections;
    }

    public OutputOptions output() {
        return output;
    }

    public boolean yes() {
        return confirmation.yes();
    }
}
