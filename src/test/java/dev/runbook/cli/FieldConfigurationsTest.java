package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.Program;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Configurations that are found in the field, on real systemd and etcd; each test restores the fleet's own. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
class FieldConfigurationsTest {
    private static final String DROP_INS = "/etc/systemd/system/etcd.service.d";

    @TempDir
    private Path folder;

    /** The name that {@code systemctl edit} gives sorts after most others. */
    @Test
    void anotherDropInIsOverridden() throws IOException {
        var members = ControlPlanes.external(DebianSuite.TRIXIE);
        var program = new Program(folder.resolve("state"));
        var runbook = Files.writeString(folder.resolve("flags.yml"), """
            name: Change a flag of ExecStart
            hosts: etcd
            inputs:
              interval: {type: string}
            steps:
              - patch-manifest:
                  flags: {heartbeat-interval: "${{ inputs.interval }}"}
            """);
        execStart(members, "/usr/bin/etcd --heartbeat-interval=150", "override.conf");
        try {
            var changed = program.run(members.apply(runbook, Login.ROOT, "interval=200"))
                    .expect(ExitCode.DONE);
            assertThat(changed.stdout()).contains("zz-runbook-" + changed.run() + ".conf");
            assertThat(shown(members)).allMatch(command -> command.contains("--heartbeat-interval=200 "));
            restart(members);

            execStart(members, "/usr/bin/etcd --heartbeat-interval=160", "zzzz.conf");
            var refused = program.run(members.apply(runbook, Login.ROOT, "interval=200"))
                    .expect(ExitCode.PREFLIGHT);
            assertThat(refused.stderr()).contains("[cannot-edit]", "zzzz.conf would override");
        } finally {
            restored(members);
        }
    }

    /** The line of CentOS and RHEL: its settings are in the environment file, and edited only there. */
    @Test
    void aShellLineIsRestoredByItsEnvironmentFile() {
        var members = ControlPlanes.external(DebianSuite.TRIXIE);
        var program = new Program(folder.resolve("state"));
        execStart(members, "/bin/bash -c \"GOMAXPROCS=$(nproc) /usr/bin/etcd\"", "override.conf");
        try {
            restart(members);
            var before = members.writeNew("before-shell");
            var snapshot = members.backUp(program, folder.resolve("backup.db"), Login.ROOT);
            var after = members.writeNew("after-shell");

            program.run(members.apply(Program.shipped("restore-external.yml"), Login.ROOT, "snapshot=" + snapshot))
                    .expect(ExitCode.DONE);

            assertThat(members.have(before)).isEqualTo(members.all(true));
            assertThat(members.have(after)).isEqualTo(members.all(false));
            assertThat(shown(members)).allMatch(command -> command.contains("/bin/bash -c GOMAXPROCS="));

            // With its flags beside the variables etcd 3.4 and later do not start.
            execStart(
                    members,
                    "/bin/bash -c \"GOMAXPROCS=$(nproc) /usr/bin/etcd --name=\\\"${ETCD_NAME}\\\"\"",
                    "override.conf");
            assertRefused(members, program, snapshot, "--name is given beside the variable ETCD_NAME");
        } finally {
            restored(members);
        }
    }

    @Test
    void aContainerRuntimeIsRefused() {
        var members = ControlPlanes.external(DebianSuite.TRIXIE);
        var program = new Program(folder.resolve("state"));
        var snapshot = members.backUp(program, folder.resolve("backup.db"), Login.ROOT);
        // etcd runs on, as it was started.
        execStart(
                members,
                "/usr/bin/docker run --name etcd --net=host -v /data/etcd:/var/lib/etcd quay.io/coreos/etcd:v3.5.16",
                "override.conf");
        try {
            assertRefused(members, program, snapshot, "runs docker, a container runtime");
        } finally {
            restored(members);
        }
    }

    private static void assertRefused(ControlPlane members, Program program, Path snapshot, String reason) {
        var refused = program.run(
                        members.apply(Program.shipped("restore-external.yml"), Login.ROOT, "snapshot=" + snapshot))
                .expect(ExitCode.PREFLIGHT);
        assertThat(refused.stderr()).contains("[member-config]", reason, "Nothing was changed");
    }

    private static void execStart(ControlPlane members, String command, String file) {
        members.onEach(node -> node.exec("""
            mkdir -p %1$s
            printf '[Service]\\nExecStart=\\nExecStart=%%s\\n' '%2$s' >%1$s/%3$s
            systemctl daemon-reload
            """.formatted(DROP_INS, command, file)).require("write " + file));
    }

    private static void restart(ControlPlane members) {
        // All of them, before any is healthy again: one that has not restarted yet would pass for one that has.
        members.onEach(node -> node.exec("systemctl stop etcd").require("stop etcd"));
        members.onEach(node -> node.exec("systemctl start --no-block etcd").require("start etcd"));
        members.awaitHealthy();
    }

    private static List<String> shown(ControlPlane members) {
        return List.copyOf(members.onEach(
                        node -> node.exec("systemctl show -p ExecStart etcd").require("show etcd"))
                .values());
    }

    private static void restored(ControlPlane members) {
        members.onEach(node -> node.exec("cd " + DROP_INS
                        + " && rm -f override.conf zzzz.conf *-runbook-*.conf; systemctl daemon-reload;"
                        + " systemctl reset-failed etcd")
                .require("remove the drop-ins"));
        restart(members);
    }
}
