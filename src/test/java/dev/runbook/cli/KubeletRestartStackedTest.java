package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.Program;
import dev.runbook.fleet.FleetNode;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Kubelets that were started while no API server answers: they start pods and remove none, so a run must not wait for them
 * to.
 */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.STACKED_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class KubeletRestartStackedTest {
    private static final String STOP = "Stop every member";
    private static final String PROVE = "Verify the restored cluster";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private FaultProof proof;

    @BeforeAll
    void start(@TempDir Path folder) {
        proof = FaultProof.on(ControlPlanes.stacked(), folder);
    }

    private static InjectedFault failingProof() {
        return InjectedFault.inStep(
                "a program fails when every member has started",
                "cp3",
                PROVE,
                "exit 3",
                InjectedFault.INJECTION,
                "status:  3");
    }

    /** It was stopped by the run, so this starts it: with the member's manifest and no API server. */
    @Test
    void aKubeletRestartedByHandDoesNotStopARollback(@TempDir Path folder) {
        proof.failsAndRollsBack(
                failingProof()
                        .withRunbook(text -> text.before(
                                STOP, InjectedFault.injection("cp2", "systemctl restart kubelet; sleep 2"))),
                folder);
    }

    @Test
    void kubeletsThatAreKeptAndRestartedDoNotStopARollback(@TempDir Path folder) {
        proof.failsAndRollsBack(
                failingProof()
                        .withRunbook(text -> text.replace(
                                        "      grace: 1s\n", "      grace: 1s\n      keep_kubelet: true\n")
                                .before(STOP, InjectedFault.injection("cp2", "systemctl restart kubelet; sleep 2"))),
                folder);
    }

    @Test
    void kubeletsRestartedBetweenTwoControllersDoNotStopAResume(@TempDir Path folder) throws InterruptedException {
        var controlPlane = proof.controlPlane();
        controlPlane.awaitSettled();
        var program = new Program(folder.resolve("state"));
        var running = program.start(controlPlane.apply(
                        proof.runbook().writeTo(folder), Login.ROOT, "snapshot=" + proof.snapshot(), "--json"))
                .awaitStep("stop-etcd");
        var run = running.run();
        // No API server runs on any node any more.
        running.signal("KILL").exitCode(LIMIT);
        controlPlane.onEach(node ->
                node.exec("systemctl restart kubelet; sleep 2").require("restart the kubelet of " + node.name()));

        var resumed =
                program.start(controlPlane.onRun("resume", run)).end(LIMIT).expect(ExitCode.DONE);

        assertThat(resumed.stdout()).contains("Proven");
        controlPlane.awaitHealthy();
        assertThat(controlPlane.have(proof.after())).isEqualTo(controlPlane.all(false));
        controlPlane.write(proof.after());
    }

    /** A machine that starts with its member's manifest in place, and no API server anywhere. */
    @Test
    void aNodeThatLosesItsPowerRollsBack(@TempDir Path folder) {
        var runbook = failingProof().runbook().apply(proof.runbook());
        proof.rollsBack(runbook, folder, running -> {
            running.awaitStep("start-etcd");
            cutPower(proof.controlPlane().fleet().node("cp1"));
        });
    }

    private static void cutPower(FleetNode node) {
        node.kill();
        node.start();
    }
}
