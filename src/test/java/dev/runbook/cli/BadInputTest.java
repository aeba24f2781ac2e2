package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.NodeFiles;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import dev.runbook.fleet.FleetNode;
import dev.runbook.fleet.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Invalid input and unreachable hosts are refused before any change, with all problems reported at once. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.SECOND_EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class BadInputTest {
    private ControlPlane members;
    private Path snapshot;
    private NodeFiles before;

    @TempDir
    private Path folder;

    @BeforeAll
    void backUp(@TempDir Path backups) {
        members = ControlPlanes.secondExternal();
        members.awaitSettled();
        snapshot = members.backUp(new Program(backups.resolve("state")), backups.resolve("backup.db"), Login.ROOT);
        members.fleet().nodes().forEach(node -> node.exec("rm -rf /var/lib/runbook"));
    }

    @BeforeEach
    void recordFiles() {
        before = NodeFiles.of(members);
    }

    @AfterEach
    void nothingChanged() {
        before.assertUnchanged(members);
        members.awaitHealthy();
    }

    @Test
    void unknownHostKeys() throws IOException {
        var refused = refused(inventory(), Files.createFile(folder.resolve("known_hosts")), snapshot);

        assertThat(refused.stderr())
                .contains("etcd1", "etcd2", "etcd3", "SHA256:", "--accept-new-host-keys")
                .contains("Nothing was changed.");
    }

    @Test
    void aChangedHostKey() throws IOException {
        var lines = Files.readAllLines(knownHosts());
        var ofThird = lines.get(2).substring(lines.get(2).indexOf(' '));
        var ofSecond = lines.get(1).substring(0, lines.get(1).indexOf(' '));
        var mixed = Files.write(folder.resolve("known_hosts"), List.of(lines.get(0), ofSecond + ofThird, lines.get(2)));

        var refused = refused(inventory(), mixed, snapshot);

        assertThat(refused.stderr())
                .contains("etcd2", "shows another host key", "known_hosts")
                .doesNotContain("etcd1: error", "etcd3: error");
    }

    @Test
    void aRejectedUserKey() throws IOException {
        var key = members.fleet()
                .node("etcd1")
                .exec("ssh-keygen -q -t ed25519 -N '' -f /tmp/other && cat /tmp/other && rm /tmp/other /tmp/other.pub")
                .require("make a key");
        var file = Files.createFile(
                folder.resolve("other-key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key);
        var text = text(Login.ROOT)
                .replaceAll("ansible_ssh_private_key_file: .*", "ansible_ssh_private_key_file: " + file);

        var refused = refused(inventory(text), knownHosts(), snapshot);

        assertThat(refused.stderr()).contains("etcd1 does not let root in", "other-key", "authorized_keys");
    }

    @Test
    void aWrongSudoPassword() throws IOException {
        var text = text(Login.SRE).replace(members.fleet().sudoPassword(), "wrong");

        var refused = refused(inventory(text), knownHosts(), snapshot);

        assertThat(refused.stderr()).contains("etcd1", "sudo", "password");
    }

    @Test
    void unreachableHosts() throws IOException {
        var stopped = members.fleet().node("etcd2");
        var disconnected = members.fleet().node("etcd3");
        stopped.exec("pkill -STOP -x sshd").require("stop sshd");
        disconnected.disconnect();
        ProgramResult refused;
        try {
            refused = refused(inventory(), knownHosts(), snapshot, "--connect-timeout", "3");
        } finally {
            stopped.exec("pkill -CONT -x sshd").require("continue sshd");
            disconnected.connect();
        }
        assertThat(refused.stderr())
                .contains("etcd2: error[unreachable]: no SSH connection", "nothing greeted us within 3 s")
                .contains("etcd3: error[unreachable]: no SSH connection", "try `ssh -p");
        assertThat(refused.took()).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void invalidSnapshots() throws IOException {
        var bytes = Files.readAllBytes(snapshot);
        var truncated = Files.write(folder.resolve("truncated.db"), Arrays.copyOf(bytes, bytes.length - 5000));
        assertThat(invalid(inventory(), knownHosts(), truncated).stderr()).contains("truncated.db");

        var text = Files.writeString(folder.resolve("notes.txt"), "no line of this is a database\n".repeat(1000));
        assertThat(invalid(inventory(), knownHosts(), text).stderr()).contains("notes.txt");

        var packed = folder.resolve("backup.db.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(bytes);
        }
        assertThat(invalid(inventory(), knownHosts(), packed).stderr()).contains("gzip", "gunzip");

        bytes[bytes.length / 2] ^= 1;
        var changed = Files.write(folder.resolve("changed.db"), bytes);
        assertThat(invalid(inventory(), knownHosts(), changed).stderr()).contains("changed.db", "Nothing was changed.");
    }

    @Test
    void aSnapshotOfAnotherVersionAndOtherMembers() throws IOException {
        var old = folder.resolve("old.db");
        try (var packed = new GZIPInputStream(Files.newInputStream(
                Program.home().resolve("engine/src/test/resources/etcd/etcd-3.4.23-mixed.db.gz")))) {
            Files.copy(packed, old);
        }

        var refused = refused(inventory(), knownHosts(), old);

        assertThat(refused.stderr()).contains("[other-version]", "[snapshot-of-other-members]", "3.4", "3.5");
    }

    @Test
    void aMemberMissingFromTheInventory() throws IOException {
        var text = text(Login.ROOT).replaceAll("(?s)        etcd3:.*?(?=    kube_control_plane)", "");

        assertThat(refused(inventory(text), knownHosts(), snapshot).stderr())
                .contains("[member-not-in-inventory]", "https://" + third().address() + ":2380");
        // A host of the inventory needs no query.
        assertThat(invalid(inventory(), knownHosts(), snapshot, "--limit", "etcd1:etcd2")
                        .stderr())
                .contains("error[RB201]: restore leaves out etcd3", "Nothing was changed.");
    }

    private FleetNode third() {
        return members.fleet().node("etcd3");
    }

    private Path inventory() {
        return members.fleet().inventory();
    }

    private Path inventory(String text) throws IOException {
        return Files.writeString(folder.resolve("inventory.yml"), text);
    }

    private String text(Login login) throws IOException {
        return Files.readString(members.fleet().inventory(login));
    }

    private Path knownHosts() {
        return members.fleet().directory().resolve("known_hosts");
    }

    private ProgramResult refused(Path inventory, Path knownHosts, Path snapshot, String... more) {
        return apply(inventory, knownHosts, snapshot, more).expect(ExitCode.PREFLIGHT);
    }

    private ProgramResult invalid(Path inventory, Path knownHosts, Path snapshot, String... more) {
        return apply(inventory, knownHosts, snapshot, more).expect(ExitCode.BAD_INPUT);
    }

    private ProgramResult apply(Path inventory, Path knownHosts, Path snapshot, String... more) {
        var arguments = new ArrayList<>(List.of(
                "apply",
                Program.shipped("restore-external.yml").toString(),
                "-y",
                "-i",
                inventory.toString(),
                "--known-hosts",
                knownHosts.toString(),
                "-e",
                "snapshot=" + snapshot));
        arguments.addAll(List.of(more));
        return new Program(folder.resolve("state")).run(arguments);
    }
}
