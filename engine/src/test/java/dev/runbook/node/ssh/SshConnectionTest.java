package dev.runbook.node.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runbook.model.Connection;
import dev.runbook.model.Query;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.NoMembers;
import dev.runbook.node.shell.ShellNode;
import dev.runbook.node.shell.script.ShellSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom we trust and who we are, against a real sshd. */
@Timeout(60)
class SshConnectionTest {
    @TempDir
    Path folder;

    private TestSshd sshd;

    @BeforeEach
    void start() throws IOException {
        sshd = TestSshd.start(folder.resolve("sshd"));
    }

    @AfterEach
    void stop() {
        sshd.close();
    }

    private Node node(SshSettings settings, Connection.Ssh ssh) {
        var connector = new SshConnector(settings);
        var shell = new ShellSettings(folder + "/state", List.of(), Duration.ofSeconds(10), Duration.ofSeconds(3));
        return new ShellNode(
                "cp1", ssh.user(), ssh.become(), () -> connector.connect("cp1", ssh), shell, NoMembers.INSTANCE);
    }

    private void connects(SshSettings settings, Connection.Ssh ssh) throws NodeUnreachable {
        try (var node = node(settings, ssh)) {
            node.ask(List.of(new Query.WhoAmI()), Duration.ofSeconds(10));
        }
    }

    private AbstractStringAssert<?> refused(SshSettings settings, Connection.Ssh ssh) {
        var thrown = catchThrowableOfType(NodeUnreachable.class, () -> connects(settings, ssh));
        assertThat(thrown).as("it was let in").isNotNull();
        assertThat(thrown.next()).isNotEmpty();
        return assertThat(thrown.getMessage());
    }

    private String fingerprint() throws IOException {
        var key = Files.readString(folder.resolve("sshd/host.pub")).split(" ", 3)[1];
        return KnownHost.fingerprint(java.util.Base64.getDecoder().decode(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void aKnownHostIsTrusted(String type) throws Exception {
        sshd.newHostKey(type);
        sshd.write(sshd.knownHosts(), sshd.hostLine(sshd.name()));
        connects(sshd.settings(), sshd.connection());
    }

    @Test
    void anAuthorityVouchesForAHost() throws Exception {
        TestSshd.keygen(folder.resolve("authority"), "ed25519", "");
        sshd.certify(folder.resolve("authority"), "127.0.0.1");
        var authority = Files.readString(folder.resolve("authority.pub"));
        sshd.write(sshd.knownHosts(), "@cert-authority [127.0.0.1]:* " + authority);
        connects(sshd.settings(), sshd.connection());
        sshd.certify(folder.resolve("authority"), "other.example");
        refused(sshd.settings(), sshd.connection()).contains("principals", "other.example");
    }

    @Test
    void aHashedLineIsUnderstood() throws Exception {
        TestSshd.run("ssh-keygen", "-q", "-H", "-f", sshd.knownHosts().toString());
        assertThat(Files.readString(sshd.knownHosts())).startsWith("|1|");
        connects(sshd.settings(), sshd.connection());
    }

    @Test
    void anUnknownHostIsRefusedWithItsFingerprint() throws Exception {
        sshd.write(sshd.knownHosts(), "# no host\n");
        refused(sshd.settings(), sshd.connection()).contains(sshd.name(), "ssh-ed25519", fingerprint());
        assertThat(Files.readString(sshd.knownHosts())).isEqualTo("# no host\n");
    }

    @Test
    void anUnknownHostIsAddedWhereThatIsAskedFor() throws Exception {
        sshd.write(sshd.knownHosts(), "# without a line feed");
        connects(sshd.settings().acceptingNew(), sshd.connection());
        assertThat(Files.readString(sshd.knownHosts()))
                .startsWith("# without a line feed\n" + sshd.name() + " ssh-ed25519 ")
                .endsWith("\n");
        connects(sshd.settings(), sshd.connection());
        Files.delete(sshd.knownHosts());
        connects(sshd.settings().acceptingNew(), sshd.connection());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sshd.knownHosts())))
                .isEqualTo("rw-------");
    }

    @Test
    void aChangedKeyIsRefusedAlwaysWithBothFingerprints() throws Exception {
        var before = fingerprint();
        sshd.newHostKey("ed25519");
        refused(sshd.settings(), sshd.connection()).contains(sshd.knownHosts() + ":1", before, fingerprint());
        refused(sshd.settings().acceptingNew(), sshd.connection()).contains(before);
    }

    @Test
    void aRevokedKeyIsRefused() throws Exception {
        var line = sshd.hostLine(sshd.name());
        sshd.write(sshd.knownHosts(), line + "@revoked * " + line.substring(line.indexOf(' ') + 1));
        refused(sshd.settings(), sshd.connection()).contains("revokes", sshd.knownHosts() + ":2");
    }

    @Test
    void anUnknownKeyIsRefused() throws Exception {
        TestSshd.keygen(folder.resolve("other"), "ed25519", "");
        refused(sshd.settings(), sshd.connection(folder.resolve("other"), null))
                .contains("does not let root in", folder.resolve("other").toString());
    }

    @ParameterizedTest
    @CsvSource({"ed25519,", "rsa,", "rsa,PEM", "rsa,PKCS8", "ecdsa,", "ecdsa,PEM", "ecdsa,PKCS8"})
    void keysWithAPassphraseAreRead(String type, String format) throws Exception {
        var key = folder.resolve("locked");
        if (format == null) {
            TestSshd.keygen(key, type, "open sesame");
        } else {
            TestSshd.keygen(key, type, "open sesame", "-m", format);
        }
        sshd.write(folder.resolve("sshd/authorized_keys"), Files.readString(folder.resolve("locked.pub")));
        connects(sshd.settings(), sshd.connection(key, "open sesame"));
        refused(sshd.settings(), sshd.connection(key, "wrong")).contains("passphrase is not that of " + key);
        refused(sshd.settings(), sshd.connection(key, null)).contains(key + " has a passphrase");
    }

    @Test
    void anUnusableKeyIsReportedBeforeTheFirstDial() throws Exception {
        var key = folder.resolve("id");
        Files.writeString(key, "nonsense");
        refused(sshd.settings(), sshd.connection(key, null)).contains("open to others");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        refused(sshd.settings(), sshd.connection(key, null)).contains("no private key");
        refused(sshd.settings(), sshd.connection(folder.resolve("none"), null)).contains("there is no");
    }

    @Test
    void aJumpHostIsPassedThroughAndNamedWhenItFails() throws Exception {
        connects(sshd.settings(), sshd.through(sshd.connection()));
        TestSshd.keygen(folder.resolve("other"), "ed25519", "");
        refused(sshd.settings(), sshd.through(sshd.connection(folder.resolve("other"), null)))
                .contains("jump host 127.0.0.1 of cp1");
    }

    @Test
    void anAgentSigns() throws Exception {
        var socket = folder.resolve("agent");
        var agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            dev.runbook.node.shell.Pauses.until(() -> Files.exists(socket));
            TestSshd.run(
                    "env",
                    "SSH_AUTH_SOCK=" + socket,
                    "ssh-add",
                    "-q",
                    sshd.folder().resolve("id").toString());
            var direct = sshd.connection();
            var withoutKeys = new Connection.Ssh(
                    direct.address(),
                    direct.port(),
                    "root",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    direct.become());
            connects(sshd.settings().withAgent(socket), withoutKeys);
            refused(sshd.settings(), withoutKeys).contains("nothing to log in with");
        } finally {
            agent.destroy();
        }
    }

    @Test
    void aHostThatDoesNotAnswerIsReportedInTime() {
        sshd.stop();
        refused(sshd.settings(), sshd.connection()).contains("127.0.0.1", String.valueOf(sshd.port()));
    }
}
