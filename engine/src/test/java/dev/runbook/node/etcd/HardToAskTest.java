package dev.runbook.node.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.etcd.client.LocalEtcd;
import dev.runbook.etcd.client.LocalPrograms;
import dev.runbook.etcd.client.TestPki;
import dev.runbook.facts.Silence;
import dev.runbook.model.ActionResult;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.Batch;
import dev.runbook.node.Claim;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.Node;
import dev.runbook.node.ProbeResult;
import dev.runbook.node.open.NodeFactory;
import dev.runbook.node.shell.script.ShellSettings;
import dev.runbook.node.ssh.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A healthy member that is hard to ask: a real etcd behind a real sshd that forwards nothing, or with other certificates. */
@Timeout(120)
class HardToAskTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String USUAL =
            "sh dash dd cat printf stat mkdir mv rm rmdir ls ln cp chmod chown sync sha256sum od tr cut head tail sed"
                    + " awk mawk gawk grep date id uname hostname sleep timeout flock setsid env test expr wc sort find"
                    + " xargs basename dirname readlink df du touch mktemp tee ps kill true false";

    @TempDir
    private Path folder;

    private TestSshd sshd;
    private TestPki pki;
    private LocalEtcd etcd;
    private Node node;

    @BeforeEach
    void start() throws Exception {
        LocalPrograms.assume("etcd", "openssl", "bash");
        sshd = TestSshd.start(folder.resolve("sshd"));
        sshd.configure(noStartupFiles());
        pki = TestPki.create(folder);
        etcd = LocalEtcd.start(
                folder,
                "data",
                LocalEtcd.newPeerUrl(),
                "token",
                "--cert-file=" + pki.path("server.crt"),
                "--key-file=" + pki.path("server.key"),
                "--client-cert-auth",
                "--trusted-ca-file=" + pki.path("ca.crt"));
        var shell = new ShellSettings(folder + "/state", List.of(), Duration.ofSeconds(10), Duration.ofSeconds(5));
        node = new NodeFactory(sshd.settings(), shell, new JetcdMembers()).node("cp1", sshd.connection());
        node.claim(new Claim("r1", 1, "me@here", Instant.EPOCH));
        assertThat(perform(new Await(new Probe.MemberIs(access(), Probe.Expected.anyone()), SOON, Direction.FORWARD)))
                .isInstanceOf(ActionResult.Done.class);
    }

    @AfterEach
    void stop() throws Exception {
        for (var started : Stream.of(node, etcd, sshd).filter(Objects::nonNull).toList()) {
            started.close();
        }
    }

    private ActionResult perform(dev.runbook.model.action.Action action) {
        return node.perform(new Batch("r1", 1, 1, List.of(action)), (index, result) -> {})
                .results()
                .getFirst();
    }

    private EtcdAccess access() {
        return access("127.0.0.1", "client");
    }

    private EtcdAccess access(String host, String identity) {
        return new EtcdAccess(
                host,
                etcd.clientPort,
                Optional.of(new EtcdAccess.TlsFiles(
                        Optional.of(pki.path("ca.crt")),
                        Optional.of(
                                new EtcdAccess.Identity(pki.path(identity + ".crt"), pki.path(identity + ".key"))))));
    }

    private MemberUnreachable failure(EtcdAccess access) {
        try (var member = node.openMember(access)) {
            throw new AssertionError("it answers: " + member.status());
        } catch (MemberUnreachable e) {
            return e;
        } catch (dev.runbook.node.NodeUnreachable e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AllowTcpForwarding remote", "PermitOpen none", "DisableForwarding yes"})
    void whereSshdForwardsNothingAProgramOfTheNodeConnects(String line) throws Exception {
        sshd.configure(line, noStartupFiles());
        assertEverythingIsAnswered("through.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "python3"})
    void eachProgramConnectsAlone(String program) throws Exception {
        LocalPrograms.assume(program);
        sshd.configure("AllowTcpForwarding no", environment(program));
        assertEverythingIsAnswered("by-" + program + ".db");
    }

    private void assertEverythingIsAnswered(String file) throws Exception {
        try (var member = node.openMember(access())) {
            var status = member.status();
            assertThat(member.members()).hasSize(1);
            assertThat(member.hashAt(status.revision()).hash()).isNotNegative();
        }
        assertThat(node.check(new Probe.MembersAgree(List.of(access(), access(), access())), SOON))
                .isEqualTo(new ProbeResult.Holds());
        assertThat(perform(new TransferAction.StreamSnapshot(access(), folder.resolve(file), SOON)))
                .isInstanceOf(ActionResult.Done.class);
        assertThat(Files.size(folder.resolve(file)) % 512).isEqualTo(32);
        etcd.kill();
        assertThat(failure(access()).silence()).isEqualTo(Silence.NOTHING_LISTENS);
    }

    /** The second sent the shell a script without a command, which ended it; its end was then waited for. */
    @Test
    void twoWaitsInARowLeaveTheShellAlive() throws Exception {
        var patient = new ShellSettings(folder + "/state", List.of(), Duration.ofSeconds(10), Duration.ofSeconds(60));
        var wait = new Await(new Probe.MemberIs(access(), Probe.Expected.anyone()), SOON, Direction.FORWARD);
        try (var other = new NodeFactory(sshd.settings(), patient, new JetcdMembers()).node("cp1", sshd.connection())) {
            var begun = Instant.now();
            assertThat(other.perform(new Batch("r1", 1, 1, List.of(wait, wait, wait)), (index, result) -> {})
                            .results())
                    .hasOnlyElementsOfType(ActionResult.Done.class);
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(45));
        }
    }

    @Test
    void noProgramIsLeftBehind() throws Exception {
        sshd.configure("AllowTcpForwarding no", noStartupFiles());
        for (int count = 0; count < 3; count++) {
            assertThat(node.check(new Probe.MemberIs(access(), Probe.Expected.anyone()), SOON))
                    .isEqualTo(new ProbeResult.Holds());
        }
        var target = " " + etcd.clientPort + " ";
        dev.runbook.node.shell.Pauses.until(() -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(target)));
    }

    @Test
    void whereNoProgramCanConnectTheRefusalIsTold() throws Exception {
        sshd.configure("AllowTcpForwarding no", environment(""));
        var failure = failure(access());
        assertThat(failure.silence()).isEqualTo(Silence.FORWARDING_REFUSED);
        assertThat(failure)
                .hasMessageContaining("sshd there refuses TCP forwarding to 127.0.0.1 port " + etcd.clientPort)
                .hasMessageContaining("none of bash, python3, socat and nc");
    }

    /** Those of a shell on this machine are none of this test's business. */
    private String noStartupFiles() {
        return "SetEnv HOME=" + folder;
    }

    /** Programs that there are, and no start-up files. */
    private String environment(String program) throws IOException {
        return noStartupFiles() + " PATH=" + pathWith(program);
    }

    /** What a node has at least, and one more. */
    private Path pathWith(String one) throws IOException {
        var programs = Files.createDirectories(folder.resolve("programs-" + one));
        for (var name : (USUAL + " " + one).strip().split(" ", -1)) {
            for (var source : List.of("/usr/bin/", "/bin/", "/usr/sbin/")) {
                var program = Path.of(source + name);
                if (Files.exists(program) && !Files.exists(programs.resolve(name))) {
                    Files.createSymbolicLink(programs.resolve(name), program);
                }
            }
        }
        return programs;
    }

    @Test
    void aCertificateThatOneSideRejectsIsTold() {
        var name = failure(access("localhost", "client"));
        assertThat(name.silence()).isEqualTo(Silence.TLS);
        assertThat(name).hasMessageContaining("localhost");
        var servers = failure(access("127.0.0.1", "server-only"));
        assertThat(servers.silence()).isEqualTo(Silence.TLS);
        assertThat(servers)
                .hasMessageContaining("CN=server-only, is for servers only: its extended key usage lacks clientAuth");
        assertThat(failure(access("127.0.0.1", "none")).silence()).isEqualTo(Silence.TLS);
    }

    @Test
    void aMemberThatHangsIsToldWithTheTimeThatWasWaited() throws Exception {
        etcd.signal("STOP");
        try {
            long begun = System.nanoTime();
            var failure = failure(access());
            var waited = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(failure.silence()).isEqualTo(Silence.TIMED_OUT);
            assertThat(failure).hasMessageMatching(".*did not respond within 1\\d\\.\\d s");
            assertThat(waited).isBetween(JetcdMembers.DEADLINE, JetcdMembers.DEADLINE.plusSeconds(9));
        } finally {
            etcd.signal("CONT");
        }
        assertThatThrownBy(() -> {
                    throw failure(access("127.0.0.1", "none"));
                })
                .hasMessageContaining("is not there on cp1");
    }
}
