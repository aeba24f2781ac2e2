package dev.runbook.cli.inventory;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.node.etcd.JetcdMembers;
import dev.runbook.node.open.NodeFactory;
import dev.runbook.node.shell.script.ShellSettings;
import dev.runbook.node.ssh.SshSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Connections to nodes, from the options and from this user's own SSH settings. */
final class Connections {
    private Connections() {}

    static NodeFactory factory(ConnectionOptions options) {
        var usual = SshSettings.usual(Path.of(System.getProperty("user.home")));
        var agent = System.getenv("SSH_AUTH_SOCK");
        return new NodeFactory(
                new SshSettings(
                        options.knownHosts().isEmpty() ? usual.knownHosts() : options.knownHosts(),
                        options.acceptNewHostKeys(),
                        Duration.ofSeconds(options.connectTimeoutSeconds()),
                        usual.keepAlive(),
                        usual.defaultKeys(),
                        agent == null || agent.isEmpty() ? Optional.empty() : Optional.of(Path.of(agent))),
                ShellSettings.usual().withAbsence(Duration.ofSeconds(options.lostNodeTimeoutSeconds())),
                new JetcdMembers());
    }
}
