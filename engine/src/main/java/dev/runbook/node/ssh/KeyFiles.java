package dev.runbook.node.ssh;

import dev.runbook.model.Secret;
import dev.runbook.node.NodeUnreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** Private key files, each decrypted once: that takes a tenth of a second on purpose. */
final class KeyFiles {
    private record Asked(Path path, Optional<Secret> passphrase) {}

    private static final EnumSet<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Map<Asked, KeyProvider> loaded = new ConcurrentHashMap<>();

    /** A key that cannot be used; the message says why. */
    static final class Unusable extends Exception {
        private final String next;
        private final boolean locked;

        Unusable(String why, String next) {
            this(why, next, false);
        }

        private Unusable(String why, String next, boolean locked) {
            super(why);
            this.next = next;
            this.locked = locked;
        }

        /** An agent may have it all the same. */
        boolean isLocked() {
            return locked;
        }

        NodeUnreachable unreachable() {
            return new NodeUnreachable(String.valueOf(getMessage()), next);
        }
    }

    private static final String NAME_ANOTHER = "name a private key with ansible_ssh_private_key_file";

    /** A key with both halves in memory. */
    private record Loaded(PrivateKey getPrivate, PublicKey getPublic, KeyType getType) implements KeyProvider {}

    KeyProvider load(Path path, Optional<Secret> passphrase) throws Unusable {
        var asked = new Asked(path, passphrase);
        var known = loaded.get(asked);
        if (known != null) {
            return known;
        }
        var fresh = read(path, passphrase);
        loaded.put(asked, fresh);
        return fresh;
    }

    private static KeyProvider read(Path path, Optional<Secret> passphrase) throws Unusable {
        check(path);
        try (var client = new SSHClient(new SshConfig())) {
            var finder = passphrase
                    .map(secret -> PasswordUtils.createOneOff(secret.reveal().toCharArray()))
                    .orElse(null);
            var file = client.loadKeys(path.toString(), finder);
            var pair = new KeyPair(file.getPublic(), file.getPrivate());
            return new Loaded(pair.getPrivate(), pair.getPublic(), file.getType());
        } catch (IOException | RuntimeException e) {
            // sshj throws all kinds of things here, with messages about padding and ASN.1.
            if (!isEncrypted(path)) {
                throw new Unusable(path + " is no private key that we can read (" + e.getMessage() + ")", NAME_ANOTHER);
            }
            throw passphrase.isPresent()
                    ? new Unusable(
                            "the passphrase is not that of " + path, "correct ansible_ssh_private_key_passphrase")
                    : new Unusable(
                            path + " has a passphrase and none was given",
                            "load the key into ssh-agent with `ssh-add " + path
                                    + "`, or write ansible_ssh_private_key_passphrase of the host into an"
                                    + " inventory file that only you can read, and add it with -i",
                            true);
        }
    }

    private static void check(Path path) throws Unusable {
        if (!Files.exists(path)) {
            throw new Unusable("there is no " + path, "correct ansible_ssh_private_key_file");
        }
        if (!Files.isReadable(path)) {
            throw new Unusable(path + " cannot be read by this user", NAME_ANOTHER);
        }
        try {
            var permissions = Files.getPosixFilePermissions(path);
            if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
                throw new Unusable(
                        path + " is open to others (" + PosixFilePermissions.toString(permissions) + ")",
                        "`chmod 600 " + path + "`");
            }
        } catch (IOException e) {
            throw new Unusable(path + ": " + e.getMessage(), NAME_ANOTHER);
        }
    }

    /** By the marks that each format has for it. */
    private static boolean isEncrypted(Path path) throws Unusable {
        try {
            var text = Files.readString(path);
            if (text.contains("BEGIN OPENSSH PRIVATE KEY")) {
                var body = text.replaceAll("-----[A-Z ]+-----|\\s", "");
                var head = new String(Base64.getDecoder().decode(body), StandardCharsets.ISO_8859_1);
                return !head.startsWith("openssh-key-v1\0\0\0\0\4none");
            }
            return text.contains("ENCRYPTED");
        } catch (IOException | IllegalArgumentException e) {
            throw new Unusable(path + " is no private key that we can read", NAME_ANOTHER);
        }
    }
}
