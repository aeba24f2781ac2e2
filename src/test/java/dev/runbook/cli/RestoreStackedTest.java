package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.fleet.Login;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Restores of static pods under a real kubelet, one after the other on the same control plane. */
@Tag("fleet")
@ResourceLock(ControlPlanes.STACKED_FLEET)
@SuppressWarnings("NullAway.Init") // set before every test
class RestoreStackedTest {
    private static final Path SHIPPED = Program.shipped("restore.yml");

    @TempDir
    private Path folder;

    private ControlPlane controlPlane;
    private Program program;
    private Path snapshot;
    private String before;
    private String after;

    @BeforeEach
    void backUp() {
        controlPlane = ControlPlanes.stacked();
        program = new Program(folder.resolve("state"));
        controlPlane.awaitRest();
        before = controlPlane.writeNew("before");
        snapshot = controlPlane.backUp(program, folder.resolve("backup.db"), Login.OPS);
        after = controlPlane.writeNew("after");
    }

    @Test
    void bringsBackWhatWasBackedUpAndGoesBackAgain() {
        var restored = restore(SHIPPED, Login.ROOT);

        var back = program.run(
                        "rollback",
                        restored.run(),
                        "-y",
                        "--known-hosts",
                        controlPlane.fleet().directory().resolve("known_hosts").toString())
                .with(ExitCode.DONE);

        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
        RestoreProof.announcedIn(back.stdout()).holdsOn(controlPlane);
    }

    @Test
    void asksContainerdItselfWhereThereIsNoCrictl() {
        var back = controlPlane.onEach(node -> node.exec("mv /usr/bin/crictl /usr/bin/crictl.away"));
        assertThat(back.values()).allMatch(moved -> moved.succeeded());
        Ended restored;
        try {
            restored = program.run(controlPlane.apply(SHIPPED, Login.SRE, "snapshot=" + snapshot));
        } finally {
            controlPlane.onEach(node -> node.exec("mv /usr/bin/crictl.away /usr/bin/crictl"));
        }
        proven(restored);
    }

    @Test
    void stopsTheKubeletFirstWhenAsked() {
        var runbook = RunbookText.shipped("restore.yml")
                .replace("    stop-apiserver:\n", "    stop-apiserver: {stop_kubelet: true}\n");

        restore(runbook.writeTo(folder), Login.OPS);

        assertThat(controlPlane.onEach(
                        node -> node.exec("systemctl is-active kubelet").stdout()))
                .isEqualTo(controlPlane.all("active\n"));
    }

    private Ended restore(Path runbook, Login login) {
        return proven(program.run(controlPlane.apply(runbook, login, "snapshot=" + snapshot, "--timings")));
    }

    private Ended proven(Ended restored) {
        restored.with(ExitCode.DONE);
        assertThat(controlPlane.have(before)).isEqualTo(controlPlane.all(true));
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(false));
        RestoreProof.announcedIn(restored.stdout()).holdsOn(controlPlane);
        return restored;
    }
}
