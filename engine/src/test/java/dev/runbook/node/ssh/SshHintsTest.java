package dev.runbook.node.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runbook.model.Connection;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.Pauses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refused connection advises, done as it says. */
@Timeout(60)
class SshHintsTest {
    private static final Pattern COMMAND = Pattern.compile("`([^`]+)`");

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

    private static void connects(SshSettings settings, Connection.Ssh ssh) throws NodeUnreachable {
        new SshConnector(settings).connect("cp1", ssh).close();
    }

    private static String next(SshSettings settings, Connection.Ssh ssh) {
        var thrown = catchThrowableOfType(NodeUnreachable.class, () -> connects(settings, ssh));
        assertThat(thrown).as("it was let in").isNotNull();
        return thrown.next();
    }

    private static List<String> commands(String next) {
        return COMMAND.matcher(next).results().map(found -> found.group(1)).toList();
    }

    /** ssh-keygen takes one file, and a host has several keys. */
    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void anUnknownHostIsComparedAndAdded(String type) throws Exception {
        sshd.newHostKey(type);
        sshd.write(sshd.knownHosts(), "# no host\n");
        var commands = commands(next(sshd.settings(), sshd.connection()));
        assertThat(commands.getFirst()).isEqualTo("ssh-keygen -lf /etc/ssh/ssh_host_" + type + "_key.pub");
        TestSshd.run("sh", "-c", commands.getLast());
        connects(sshd.settings(), sshd.connection());
    }

    @Test
    void aChangedKeyIsRemovedByTheCommandThatIsNamed() throws Exception {
        sshd.newHostKey("ed25519");
        TestSshd.run(
                "sh", "-c", commands(next(sshd.settings(), sshd.connection())).getFirst());
        assertThat(Files.readString(sshd.knownHosts())).isEmpty();
    }

    /** ssh-keyscan and ssh would dial directly. */
    @Test
    void behindAJumpHostTheCommandsGoThroughIt() throws Exception {
        sshd.write(sshd.knownHosts(), sshd.hostLine(sshd.name()));
        var jump = sshd.connection();
        var way = "root@127.0.0.1:" + sshd.port();
        assertThat(commands(next(sshd.settings(), behind(jump, "localhost", sshd.port()))))
                .last()
                .asString()
                .startsWith("ssh -p " + sshd.port() + " root@127.0.0.1 ssh-keyscan -p " + sshd.port() + " localhost");
        assertThat(commands(next(sshd.settings(), behind(jump, "127.0.0.1", 1))))
                .containsExactly("ssh -J " + way + " -p 1 root@127.0.0.1");
    }

    private Connection.Ssh behind(Connection.Ssh jump, String address, int port) {
        var through = sshd.through(jump);
        return new Connection.Ssh(
                address,
                port,
                through.user(),
                through.keys(),
                through.keyPassphrase(),
                through.password(),
                through.jumps(),
                through.become());
    }

    @Test
    void aKeyWithAPassphraseIsLoadedIntoTheAgent() throws Exception {
        var key = folder.resolve("locked");
        TestSshd.keygen(key, "ed25519", "open sesame");
        sshd.write(folder.resolve("sshd/authorized_keys"), Files.readString(folder.resolve("locked.pub")));
        var socket = folder.resolve("agent");
        var settings = sshd.settings().withAgent(socket);
        var agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            Pauses.until(() -> Files.exists(socket));
            var command = commands(next(settings, sshd.connection(key, null))).getFirst();
            assertThat(command).isEqualTo("ssh-add " + key);
            var ask = Files.writeString(folder.resolve("ask"), "#!/bin/sh\necho open sesame\n");
            assertThat(ask.toFile().setExecutable(true)).isTrue();
            TestSshd.run(
                    "env",
                    "SSH_AUTH_SOCK=" + socket,
                    "SSH_ASKPASS_REQUIRE=force",
                    "SSH_ASKPASS=" + ask,
                    "sh",
                    "-c",
                    command);
            connects(settings, sshd.connection(key, null));
        } finally {
            agent.destroy();
        }
    }

    @Test
    void aKeyThatIsOpenToOthersIsClosed() throws Exception {
        var key = sshd.folder().resolve("id");
        TestSshd.run("chmod", "644", key.toString());
        TestSshd.run(
                "sh", "-c", commands(next(sshd.settings(), sshd.connection())).getFirst());
        connects(sshd.settings(), sshd.connection());
    }
}
