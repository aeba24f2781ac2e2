package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings of connections to hosts, beyond those of the inventory. */
public final class ConnectionOptions {
    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description =
                    "Host keys to trust, in OpenSSH's format; may be given several times. Default: ~/.ssh/known_hosts.")
    List<Path> knownHosts = new ArrayList<>();

    @Option(
            names = "--accept-new-host-keys",
            description =
                    "Accept the keys of unknown hosts and add them to the known ones. A changed key is still refused.")
    boolean acceptNewHostKeys;

    @Option(
            names = {"-K", "--ask-become-pass"},
            description = "Ask for the sudo password of hosts whose inventory gives none.")
    boolean askBecomePassword;

    @Option(
            names = "--become-password-file",
            paramLabel = "FILE",
            description = "Read the sudo password from the first line of a file, or set RUNBOOK_BECOME_PASSWORD.")
    @Nullable
    Path becomePasswordFile;

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Longest wait for a connection (default: ${DEFAULT-VALUE}).")
    int connectTimeoutSeconds = 10;

    @Option(
            names = "--lost-node-timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Longest wait for a node whose connection is lost during a run, before it counts as failed"
                    + " (default: ${DEFAULT-VALUE}).")
    int lostNodeTimeoutSeconds = 120;

    private boolean simulate;
    private Optional<Path> facts = Optional.empty();

    /** The options of a command that connects to hosts of its own. */
    public static ConnectionOptions trusting(Path knownHosts) {
        var options = new ConnectionOptions();
        options.knownHosts.add(knownHosts);
        return options;
    }

    /** Simulates all hosts. No option of its own here, because some commands work on real hosts only. */
    public ConnectionOptions simulate(boolean wanted) {
        simulate = wanted;
        return this;
    }

    /** The recorded facts that simulated nodes are made from; if empty, kubeadm's defaults. */
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
