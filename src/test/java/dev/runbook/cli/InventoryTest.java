package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Inventories as people have them, through the whole program: without hosts, with settings that are not used, with a vault. */
@ResourceLock(ControlPlanes.NO_FLEET)
class InventoryTest {
    private static final String SIMULATED =
            Program.home().resolve("inventory/simulated.yml").toString();

    /** As kubespray's own sample. */
    private static final String EMPTY = """
        [kube_control_plane]
        # node1 ansible_host=192.0.2.1

        [etcd:children]
        kube_control_plane
        """;

    @TempDir
    private Path folder;

    @Test
    void nothingDoneIsNoSuccess() throws IOException {
        var inventory = write("inventory.ini", EMPTY).toString();
        var backup = folder.resolve("new.db");
        for (var command : List.of(
                List.of("validate", shipped("restore.yml")),
                List.of("plan", shipped("restore.yml"), "-e", "snapshot=any.db"),
                List.of("plan", shipped("restore.yml"), "-e", "snapshot=any.db", "--simulate"),
                List.of("apply", shipped("restore.yml"), "-e", "snapshot=any.db", "-y"),
                List.of("prove", shipped("restore.yml"), "-e", "snapshot=any.db"))) {
            assertThat(run(command, "-i", inventory).expect(ExitCode.BAD_INPUT).stderr())
                    .contains("error[no-hosts]: the runbook's hosts \"kube_control_plane\" select no host:"
                            + " the group kube_control_plane has no hosts");
        }
        assertThat(run(List.of("apply", shipped("backup.yml"), "-e", "to=" + backup, "-y"), "-i", inventory)
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("error[no-hosts]: the runbook's hosts \"etcd\" select no host: the group etcd has no hosts")
                .contains("Nothing was changed.");
        assertThat(backup).doesNotExist();
        assertThat(run(List.of("facts"), "-i", inventory)
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("error[no-hosts]");
        assertThat(run(List.of("unlock", "-y"), "-i", inventory)
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("the inventory has no hosts");
    }

    @Test
    void aLimitThatLeavesNoHostIsNoSuccess() {
        var backup = folder.resolve("new.db");
        for (var limit : List.of("--limit", "-l")) {
            assertThat(run(
                                    List.of("apply", shipped("backup.yml"), "-e", "to=" + backup, "-y"),
                                    "-i",
                                    SIMULATED,
                                    limit,
                                    "all:!etcd")
                            .expect(ExitCode.BAD_INPUT)
                            .stderr())
                    .contains("error[no-hosts]", "--limit \"all:!etcd\"");
        }
        assertThat(backup).doesNotExist();
    }

    /** The plan says where a step does not run; the group without hosts says that there are no API servers. */
    @Test
    void stepsWithoutHostsAreSaid() throws IOException {
        var inventory = write("etcd-alone.yml", """
            etcd:
              vars: {ansible_connection: simulated}
              hosts: {e1: {ip: 192.0.2.1}, e2: {ip: 192.0.2.2}, e3: {ip: 192.0.2.3}}
            kube_control_plane: {hosts: {}}
            """).toString();
        var backup = folder.resolve("alone.db");
        run(List.of("apply", shipped("backup.yml"), "-e", "to=" + backup, "-y"), "-i", inventory)
                .expect(ExitCode.DONE);

        var applied = run(
                        List.of("apply", shipped("restore-external.yml"), "-e", "snapshot=" + backup, "-y"),
                        "-i",
                        inventory)
                .expect(ExitCode.DONE);

        assertThat(applied.stdout())
                .containsPattern("4\\. Stop every API server.*\\n    runs on no host")
                .containsPattern("12\\. Verify the API servers.*\\n    runs on no host")
                .contains("Verify the API servers  (runs on no host)");
    }

    /** What is not used of the settings may be why a host does not answer. Port 1 of this machine refuses. */
    @Test
    void unreachableHostsComeWithTheWarnings() throws IOException {
        write("ansible.cfg", "[defaults]\nremote_user = ops\n");
        var inventory = write("hosts.ini", """
            [bastion]
            b ansible_host=192.0.2.99 ansible_user=ops
            [etcd]
            n1 ansible_host=alias.invalid ansible_ssh_args='-p 1' ansible_ssh_common_args='-o HostName=127.0.0.1 -4'
            [all:vars]
            ansible_password=x
            """).toString();
        for (var command : List.of(
                List.of("apply", shipped("backup.yml"), "-e", "to=" + folder.resolve("x.db"), "-y"),
                List.of("facts"))) {
            assertThat(run(command, "-i", inventory).expect(ExitCode.PREFLIGHT).stderr())
                    .contains("n1: error[unreachable]: no SSH connection to 127.0.0.1 port 1")
                    .contains("warning[ssh-argument]: ansible_ssh_common_args has -4, which has no effect here")
                    .contains("warning[bastion-not-used]", "-J ops@192.0.2.99")
                    .contains("ansible.cfg sets remote_user, and it is not read", "ansible_user=ops");
        }
    }

    /** Exit code 5 shows that the connection was tried, and so that the password was taken. */
    @Test
    void thePasswordOfTheCallCountsForHostsWithAVaultedOne() throws IOException {
        var inventory = write("hosts.ini", "[etcd]\nm1 ansible_host=127.0.0.1 ansible_port=1 ansible_become=yes\n")
                .toString();
        write("group_vars/etcd.yml", """
            ansible_password: x
            ansible_become_password: !vault |
              $ANSIBLE_VAULT;1.1;AES256
              6162
            """);
        var password = write("password", "s3cret-7\n").toString();
        var backup = List.of("apply", shipped("backup.yml"), "-e", "to=" + folder.resolve("x.db"), "-y");

        assertThat(run(List.of("validate", shipped("backup.yml")), "-i", inventory)
                        .expect(ExitCode.DONE)
                        .stderr())
                .contains("warning[opaque-variable]", "-K, --become-password-file FILE or RUNBOOK_BECOME_PASSWORD");
        assertThat(run(backup, "-i", inventory).expect(ExitCode.BAD_INPUT).stderr())
                .contains("error[opaque-variable]", "-K, --become-password-file FILE or RUNBOOK_BECOME_PASSWORD")
                .doesNotContain("-e ansible_become_password");
        assertThat(run(backup, "-i", inventory, "--become-password-file", password)
                        .expect(ExitCode.PREFLIGHT)
                        .stderr())
                .contains("error[unreachable]")
                .doesNotContain("opaque-variable", "s3cret-7");
        var arguments = new ArrayList<>(backup);
        arguments.addAll(List.of("-i", inventory));
        new Program(folder.resolve("state"))
                .run(folder, Map.of("RUNBOOK_BECOME_PASSWORD", "s3cret-7"), arguments)
                .expect(ExitCode.PREFLIGHT);
        // Commands without a runbook refuse in the same way, and do not fail by themselves.
        assertThat(run(List.of("unlock", "-y"), "-i", inventory)
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("error[opaque-variable]");
    }

    /** A list of hosts stands in the journal and in a saved plan as it was given. */
    @Test
    void hostsOnTheCommandLine() throws IOException {
        var groups = write("groups.yml", """
            all: {vars: {ansible_connection: simulated}}
            etcd: {hosts: {192.0.2.1: , 192.0.2.2: , 192.0.2.3: }}
            """).toString();
        var backup = folder.resolve("x.db");
        var plan = folder.resolve("plan");
        run(
                        List.of("plan", shipped("backup.yml"), "-e", "to=" + backup, "-o", plan.toString()),
                        "-i",
                        "192.0.2.1,192.0.2.2,192.0.2.3",
                        "-i",
                        groups)
                .expect(ExitCode.DONE);
        new Program(folder.resolve("state"))
                .run(folder, Map.of(), List.of("apply", plan.toString(), "-y"))
                .expect(ExitCode.DONE);
        assertThat(backup).isNotEmptyFile();
    }

    private Path write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, content);
    }

    private ProgramResult run(List<String> command, String... more) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(List.of(more));
        return new Program(folder.resolve("state")).run(arguments);
    }

    private static String shipped(String runbook) {
        return Program.shipped(runbook).toString();
    }
}
