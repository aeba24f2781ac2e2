package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How hosts are reached, beyond what their inventory says. */
public final class ConnectionOptions {
    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description =
                    "Host keys to trust, in OpenSSH's format; may be given several times. Usually ~/.ssh/known_hosts.")
    List<Path> knownHosts = new ArrayList<>();

    @Option(
            names = "--accept-new-host-keys",
            description = "Learn the keys of hosts that are not known yet; a changed key is refused all the same.")
    boolean acceptNewHostKeys;

    @Option(
            names = {"-K", "--ask-become-pass"},
            description = "Ask for sudo's password; used for hosts whose inventory gives none.")
    boolean askBecomePassword;

    @Option(
            names = "--become-password-file",
            paramLabel = "FILE",
            description = "Read sudo's password from the first line of a file. Or set RUNBOOK_BECOME_PASSWORD.")
    @Nullable
    Path becomePasswordFile;

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Longest wait for a connection (${DEFAULT-VALUE}).")
    int connectTimeoutSeconds = 10;

    @Option(
            names = "--lost-node-timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "Longest wait for a node that is lost under way, before it counts as failed (${DEFAULT-VALUE}).")
    int lostNodeTimeoutSeconds = 120;

    private boolean simulate;
    private Optional<Path> facts = Optional.empty();

    /** For a command that makes its own connections. */
    public static ConnectionOptions trusting(Path knownHosts) {
        var options = new ConnectionOptions();
        options.knownHosts.add(knownHosts);
        return options;
    }

    /** Nodes in memory take the place of all hosts. Not an option here, since some commands work on real ones only. */
    public ConnectionOptions simulate(boolean wanted) {
        simulate = wanted;
        return this;
    }

    /** How simulated nodes look: as a file of recorded facts tells, or as is usual. */
    public ConnectionOptions facts(Optional<Path> file) {
        facts = file;
        return this;
    }

    public Optional<Path> facts() {
        return facts;
    }

    public boolean simulate() {
        return simulate;
    }

    public List<Path> knownHosts() {
        return knownHosts;
    }

    public boolean acceptNewHostKeys() {
        return acceptNewHostKeys;
    }

    public boolean askBecomePassword() {
        return askBecomePassword;
    }

    public Optional<Path> becomePasswordFile() {
        return Optional.ofNullable(becomePasswordFile);
    }

    public int connectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    public int lostNodeTimeoutSeconds() {
        return lostNodeTimeoutSeconds;
    }
}
