package dev.runbook.node.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How SSH connections are made, the same for every host.
 *
 * @param knownHosts OpenSSH's files, the user's own first: new keys are added there
 * @param acceptNew whether the key of a host that no file knows is added instead of refused; a changed one never is
 * @param connectTimeout for each of dialling, key exchange and opening a channel
 * @param keepAlive how often a silent link is asked whether it lives; three times without an answer is its end
 * @param defaultKeys offered where the inventory names no key; those that are not there are passed over
 * @param agentSocket of an ssh-agent
 */
public record SshSettings(
        List<Path> knownHosts,
        boolean acceptNew,
        Duration connectTimeout,
        Duration keepAlive,
        List<Path> defaultKeys,
        Optional<Path> agentSocket) {
    public SshSettings {
        knownHosts = List.copyOf(knownHosts);
        defaultKeys = List.copyOf(defaultKeys);
    }

    /** As OpenSSH does it, for the user with this home folder. */
    public static SshSettings usual(Path home) {
        var folder = home.resolve(".ssh");
        return new SshSettings(
                List.of(folder.resolve("known_hosts"), Path.of("/etc/ssh/ssh_known_hosts")),
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                List.of(folder.resolve("id_ed25519"), folder.resolve("id_ecdsa"), folder.resolve("id_rsa")),
                Optional.empty());
    }

    public SshSettings acceptingNew() {
        return new SshSettings(knownHosts, true, connectTimeout, keepAlive, defaultKeys, agentSocket);
    }

    public SshSettings withAgent(Path socket) {
        return new SshSettings(knownHosts, acceptNew, connectTimeout, keepAlive, defaultKeys, Optional.of(socket));
    }
}
