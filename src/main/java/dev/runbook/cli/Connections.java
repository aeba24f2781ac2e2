package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.model.Connection;
import dev.runbook.node.Node;

/** Placeholder until SSH is merged. */
final class Connections {
    private Connections() {}

    interface Factory {
        Node node(String name, Connection connection);
    }

    static Factory factory(ConnectionOptions options) {
        throw new UnsupportedOperationException();
    }
}
