package dev.runbook.node.open;

import dev.runbook.model.Connection;
import dev.runbook.node.Node;
import dev.runbook.node.local.LocalTransport;
import dev.runbook.node.shell.MemberDialer;
import dev.runbook.node.shell.ShellNode;
import dev.runbook.node.shell.script.ShellSettings;
import dev.runbook.node.ssh.SshConnector;
import dev.runbook.node.ssh.SshSettings;

/** Makes real nodes. Nothing is dialled before a node's first call. */
public final class NodeFactory {
    private final SshConnector ssh;
    private final ShellSettings shell;
    private final MemberDialer members;

    public NodeFactory(SshSettings ssh, ShellSettings shell, MemberDialer members) {
        this.ssh = new SshConnector(ssh);
        this.shell = shell;
        this.members = members;
    }

    /**
     * A node that is dialled at its first call.
     *
     * @param name the inventory's
     */
    public Node node(String name, Connection connection) {
        return switch (connection) {
            case Connection.Ssh over ->
                new ShellNode(name, over.user(), over.become(), () -> ssh.connect(name, over), shell, members);
            case Connection.Simulated _ ->
                throw new IllegalArgumentException(
                        name + " is simulated: such nodes are made together, by a blueprint");
            case Connection.Local local ->
                new ShellNode(name, "this user", local.become(), LocalTransport::new, shell, members);
        };
    }
}
