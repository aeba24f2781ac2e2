package dev.runbook.node.ssh;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.runbook.model.Connection;
import dev.runbook.model.Secret;
import dev.runbook.node.shell.Pauses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenSSH's own server on a port of the loopback, with keys of its own, for as long as a test runs. */
public final class TestSshd implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process server;
    private boolean certified;
    private String more = "";

    private TestSshd(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.server = launch();
    }

    public static TestSshd start(Path folder) throws IOException {
        assumeThat(Path.of("/usr/sbin/sshd")).exists();
        assumeThat(Files.isWritable(Path.of("/run"))).as("sshd can be started").isTrue();
        Files.createDirectories(Path.of("/run/sshd"));
        Files.createDirectories(folder);
        keygen(folder.resolve("host"), "ed25519", "");
        keygen(folder.resolve("id"), "ed25519", "");
        Files.copy(folder.resolve("id.pub"), folder.resolve("authorized_keys"));
        var sshd = new TestSshd(folder, freePort());
        sshd.write(sshd.knownHosts(), sshd.hostLine("[127.0.0.1]:" + sshd.port));
        return sshd;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        Files.writeString(
                folder.resolve("config"),
                """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                UsePAM no
                StrictModes no
                PermitRootLogin yes
                PasswordAuthentication no
                """.formatted(port, folder.resolve("host"), folder.resolve("authorized_keys"))
                        + more
                        + (certified ? "HostCertificate " + folder.resolve("host-cert.pub") + "\n" : "")
                        // The start-up files of a shell on this machine are none of a test's business.
                        + "SetEnv HOME=" + folder + "\n");
        var process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", folder + "/config")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Pauses.until(this::answers);
        return process;
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    static void keygen(Path path, String type, String passphrase, String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                "ssh-keygen",
                "-q",
                "-t",
                type,
                "-N",
                passphrase,
                "-C",
                path.getFileName().toString(),
                "-f",
                path.toString()));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
    }

    static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Every session that runs now falls silent, as behind a network that lost the way. */
    void freezeSessions() throws IOException {
        for (var session : sessions()) {
            run("kill", "-STOP", Long.toString(session.pid()));
        }
    }

    private List<ProcessHandle> sessions() {
        return server.descendants()
                .filter(process -> process.info().command().orElse("").contains("sshd"))
                .toList();
    }

    /** Every session that runs now is cut, as by a crash; the server continues. */
    void cutSessions() {
        sessions().forEach(ProcessHandle::destroyForcibly);
    }

    void stop() {
        cutSessions();
        server.destroyForcibly()
                .onExit()
                .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    void startAgain() throws IOException {
        server = launch();
    }

    void newHostKey(String type) throws IOException {
        stop();
        Files.delete(folder.resolve("host"));
        Files.delete(folder.resolve("host.pub"));
        keygen(folder.resolve("host"), type, "");
        startAgain();
    }

    /** Starts it again with more lines in its configuration. */
    public void configure(String... lines) throws IOException {
        stop();
        more = String.join("\n", lines) + "\n";
        startAgain();
    }

    /** Has the host key signed for a name, and shows the certificate from now on. */
    void certify(Path authority, String principal) throws IOException {
        stop();
        run("ssh-keygen", "-q", "-s", authority.toString(), "-I", "test", "-h", "-n", principal, folder + "/host.pub");
        certified = true;
        startAgain();
    }

    String hostLine(String name) throws IOException {
        return name + " " + Files.readString(folder.resolve("host.pub"));
    }

    void write(Path path, String text) throws IOException {
        Files.writeString(path, text);
    }

    int port() {
        return port;
    }

    String name() {
        return "[127.0.0.1]:" + port;
    }

    Path folder() {
        return folder;
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    public SshSettings settings() {
        return new SshSettings(
                List.of(knownHosts()),
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                List.of(),
                Optional.empty());
    }

    public Connection.Ssh connection() {
        return connection(folder.resolve("id"), null);
    }

    Connection.Ssh connection(Path key, @org.jspecify.annotations.Nullable String passphrase) {
        return new Connection.Ssh(
                "127.0.0.1",
                port,
                "root",
                List.of(key),
                Optional.ofNullable(passphrase).map(Secret::new),
                Optional.empty(),
                List.of(),
                new Connection.Become.No());
    }

    Connection.Ssh through(Connection.Ssh jump) {
        var direct = connection();
        return new Connection.Ssh(
                direct.address(),
                direct.port(),
                direct.user(),
                direct.keys(),
                Optional.empty(),
                Optional.empty(),
                List.of(jump),
                direct.become());
    }

    @Override
    public void close() {
        stop();
    }
}
