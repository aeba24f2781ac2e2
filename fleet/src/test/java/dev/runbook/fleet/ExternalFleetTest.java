package dev.runbook.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("fleet")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class ExternalFleetTest {
    private Fleet fleet;

    @BeforeAll
    void startFleet() {
        fleet = Fleet.external(DebianSuite.TRIXIE, 3);
    }

    @AfterAll
    void closeFleet() {
        fleet.close();
    }

    @Test
    void everyMemberServesAWrittenKey() {
        fleet.put("colour", "two\nlines");

        for (FleetNode node : fleet.nodes()) {
            assertThat(fleet.get(node, "colour")).contains("two\nlines");
        }
        assertThat(fleet.get("absent")).isEmpty();
    }

    @Test
    void runsTheVersionOfTheDebianSuite() {
        ExecResult version = fleet.nodes().getFirst().exec("etcd --version");

        assertThat(version.require("version")).contains("etcd Version: " + DebianSuite.TRIXIE.etcdVersion());
    }

    @Test
    void acceptsEachLoginWithCheckedHostKeys() throws IOException, InterruptedException {
        for (Login login : Login.values()) {
            assertThat(ssh(fleet.node("etcd2"), login, "id -un")).isEqualTo(login.user() + "\n");
        }
        assertThat(ssh(fleet.node("etcd2"), Login.OPS, "sudo -n id -un")).isEqualTo("root\n");
        assertThat(ssh(
                        fleet.node("etcd2"),
                        Login.SRE,
                        "echo " + fleet.sudoPassword()
                                + " | sudo -S -p '' id -un; sudo -K; sudo -n true || echo asked"))
                .isEqualTo("root\nasked\n");
    }

    @Test
    void keepsAddressPortAndDataOverAPowerCut() {
        FleetNode node = fleet.node("etcd3");
        fleet.put("before", "the cut");

        node.kill();
        fleet.put("during", "two of three serve");
        node.start();
        fleet.awaitHealthy(Duration.ofSeconds(30));

        assertThat(fleet.get(node, "before")).contains("the cut");
        assertThat(fleet.get(node, "during")).contains("two of three serve");
    }

    @Test
    void recoversFromAPulledCableAndFromAPartition() {
        FleetNode node = fleet.node("etcd3");

        node.disconnect();
        assertThat(SshPorts.sshProblem(node.sshPort())).isNotEmpty();
        node.connect();
        fleet.awaitHealthy(Duration.ofSeconds(30));

        node.partitionFrom(List.of(fleet.node("etcd1"), fleet.node("etcd2")));
        assertThat(SshPorts.sshProblem(node.sshPort())).isEmpty();
        assertThat(fleet.etcdctl(node, "endpoint", "health").succeeded()).isFalse();
        node.heal();
        fleet.awaitHealthy(Duration.ofSeconds(30));
    }

    @Test
    void removesContainersAndFilesOnClose() {
        Path directory;
        List<String> containers;
        try (Fleet small = Fleet.external(DebianSuite.BOOKWORM, 1)) {
            small.put("version", DebianSuite.BOOKWORM.etcdVersion());
            directory = small.directory();
            containers = small.nodes().stream().map(FleetNode::containerId).toList();
            assertThat(small.inventory()).content().contains("etcd1:", "ansible_port:");
        }

        assertThat(directory).doesNotExist();
        assertThat(Docker.client().listContainersCmd().withShowAll(true).exec())
                .noneMatch(container -> containers.contains(container.getId()));
    }

    private String ssh(FleetNode node, Login login, String command) throws IOException, InterruptedException {
        Path folder = fleet.directory();
        Path output = folder.resolve("ssh-output");
        Process ssh = new ProcessBuilder(
                        "ssh",
                        "-i",
                        folder.resolve("id_ed25519").toString(),
                        "-o",
                        "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                        "-o",
                        "StrictHostKeyChecking=yes",
                        "-o",
                        "BatchMode=yes",
                        "-p",
                        Integer.toString(node.sshPort()),
                        login.user() + "@127.0.0.1",
                        command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ssh.getOutputStream().close();
        assertThat(ssh.waitFor(20, TimeUnit.SECONDS)).as("ssh ends").isTrue();
        return Files.readString(output);
    }
}
