package dev.runbook.node.ssh;

import dev.runbook.model.Connection;
import dev.runbook.node.NodeUnreachable;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Checks the key of one host during one connection, and keeps why it was refused. */
final class HostKeys implements HostKeyVerifier {
    private final KnownHosts known;
    private final boolean acceptNew;
    private final List<Connection.Ssh> jumps;
    private volatile @Nullable NodeUnreachable refusal;

    HostKeys(KnownHosts known, boolean acceptNew, List<Connection.Ssh> jumps) {
        this.known = known;
        this.acceptNew = acceptNew;
        this.jumps = List.copyOf(jumps);
    }

    Optional<NodeUnreachable> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        try {
            refusal = judge(host, port, key);
        } catch (IOException e) {
            refusal = new NodeUnreachable(
                    "the known hosts cannot be read or written: " + e.getMessage(), "mend that file, then try again");
        }
        return refusal == null;
    }

    private @Nullable NodeUnreachable judge(String host, int port, PublicKey key) throws IOException {
        var name = KnownHosts.name(host, port);
        return switch (known.judge(host, port, key)) {
            case HostVerdict.Known() -> null;
            case HostVerdict.Revoked(var line, var fingerprint) ->
                new NodeUnreachable(
                        name + " shows the host key " + fingerprint + ", which " + line.place() + " revokes",
                        "do not connect to it before you know why");
            case HostVerdict.Changed(var line, var type, var fingerprint) ->
                new NodeUnreachable(
                        name + " shows another host key (" + type + " " + fingerprint + ") than " + line.place()
                                + " has (" + line.type() + " " + line.fingerprint() + ")",
                        "another machine may be in between; if the host was set up anew, remove that line with"
                                + " `ssh-keygen -R '" + name + "' -f " + line.file()
                                + "` and check the new fingerprint on its console");
            case HostVerdict.Unknown(var type, var encoded, var fingerprint) -> {
                if (acceptNew) {
                    known.add(host, port, type, encoded);
                    yield null;
                }
                yield new NodeUnreachable(
                        "no known host is " + name + "; it shows the key " + type + " " + fingerprint,
                        "compare that with `" + HandCommands.showHostKey(type) + "` on its console, then add it: `"
                                + HandCommands.addHostKeys(host, port, jumps, known.first())
                                + "`, or give --accept-new-host-keys");
            }
        };
    }

    /** So that the host shows a key of a kind that we know, when it has several. */
    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        var types = new ArrayList<String>();
        try {
            for (var line : known.about(host, port)) {
                switch (line.marker()) {
                    case NONE -> types.addAll(algorithms(line.type()));
                    case AUTHORITY -> types.addAll(CERTIFICATES);
                    case REVOKED -> {}
                }
            }
        } catch (IOException e) {
            // verify() comes next, reads the same files and tells.
            return List.of();
        }
        return types;
    }

    private static final List<String> CERTIFICATES = List.of(
            "ssh-ed25519-cert-v01@openssh.com",
            "ecdsa-sha2-nistp256-cert-v01@openssh.com",
            "ecdsa-sha2-nistp384-cert-v01@openssh.com",
            "ecdsa-sha2-nistp521-cert-v01@openssh.com");

    /** One kind of RSA key signs in several ways. */
    private static List<String> algorithms(String type) {
        return type.equals("ssh-rsa") ? List.of("rsa-sha2-512", "rsa-sha2-256") : List.of(type);
    }
}
