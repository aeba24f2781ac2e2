package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.NodeFiles;
import dev.runbook.cli.testing.Program;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A plan is read-only: it shows what a restore would do, and changes no byte of any node. */
abstract class PlanChangesNothing {
    @TempDir
    private Path folder;

    void assertPlanChangesNothing(ControlPlane controlPlane) {
        controlPlane.awaitSettled();
        var program = new Program(folder.resolve("state"));
        var snapshot = controlPlane.backUp(program, folder.resolve("backup.db"), Login.SRE);
        controlPlane
                .fleet()
                .nodes()
                .forEach(node -> node.exec("[ -e /root/before ] || mv /var/lib/runbook /root/before")
                        .require("hide earlier runs"));
        try {
            var before = NodeFiles.of(controlPlane);
            var arguments = new ArrayList<>(List.of(
                    "plan", Program.shipped(controlPlane.restoreRunbook()).toString()));
            arguments.addAll(controlPlane.target(Login.SRE));
            arguments.addAll(List.of("-e", "snapshot=" + snapshot));

            var planned = program.run(arguments).expect(ExitCode.DONE);

            before.assertUnchanged(controlPlane);
            assertThat(planned.stdout()).contains("Nothing was changed.");
            for (var node : controlPlane.fleet().nodes()) {
                assertThat(planned.stdout())
                        .contains("--name=" + node.name() + " ", node.name() + "=https://" + node.address() + ":2380");
            }
            assertThat(planned.stdout()
                            .split("--initial-cluster=[^ ]*https://[^ ]*,[^ ]*https://[^ ]*,[^ ]*https://", -1))
                    .as("a full member list for each of three members in%n%s", planned.stdout())
                    .hasSizeGreaterThanOrEqualTo(4);
        } finally {
            controlPlane
                    .fleet()
                    .nodes()
                    .forEach(node -> node.exec("rm -rf /var/lib/runbook && mv /root/before /var/lib/runbook")
                            .require("bring back earlier runs"));
        }
    }
}
