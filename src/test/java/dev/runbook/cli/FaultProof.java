package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlaneState;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import dev.runbook.cli.testing.RunbookText;
import dev.runbook.cli.testing.RunningProgram;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Restores that fail, on one control plane, and leave its state unchanged. */
public record FaultProof(ControlPlane controlPlane, Path snapshot, String after) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final AtomicInteger COUNT = new AtomicInteger(20_000);

    /** Takes a snapshot, and then writes an object that marks the data before a restore. */
    public static FaultProof on(ControlPlane controlPlane, Path folder) {
        controlPlane.awaitSettled();
        controlPlane.write("before");
        var snapshot =
                controlPlane.backUp(new Program(folder.resolve("backup")), folder.resolve("backup.db"), Login.ROOT);
        return new FaultProof(controlPlane, snapshot, controlPlane.writeNew("after"));
    }

    /** The shipped runbook, with a flag that no earlier run had, so that every host has a change. */
    public RunbookText runbook() {
        return RunbookText.shipped(controlPlane.restoreRunbook())
                .replace(
                        "        initial-cluster-state: existing\n",
                        "        initial-cluster-state: existing\n        snapshot-count: \"" + COUNT.incrementAndGet()
                                + "\"\n");
    }

    public void failsAndRollsBack(InjectedFault fault, Path folder) {
        var node = controlPlane.fleet().node(fault.host());
        controlPlane.awaitSettled();
        var runbook = fault.runbook().apply(runbook()).writeTo(folder);
        var before = ControlPlaneState.of(controlPlane);
        fault.prepare().accept(node);
        ProgramResult ended;
        try {
            ended = new Program(folder.resolve("state"))
                    .start(controlPlane.apply(runbook, Login.ROOT, "snapshot=" + snapshot, "--timings"))
                    .end(LIMIT);
        } finally {
            fault.repair().accept(node);
        }
        ended.expect(ExitCode.ROLLED_BACK);
        assertThat(ended.stdout().substring(ended.stdout().indexOf("Rolled back.")))
                .contains(fault.step(), "on " + fault.host())
                .contains(fault.reported());
        before.assertUnchanged(controlPlane);
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
    }

    /** The same for interference from outside, at a moment that the events show. */
    public void rollsBack(RunbookText runbook, Path folder, Consumer<RunningProgram> interference) {
        controlPlane.awaitSettled();
        var before = ControlPlaneState.of(controlPlane);

        disrupted(runbook, interference, ExitCode.ROLLED_BACK, folder);

        before.assertUnchanged(controlPlane);
    }

    /** The run still succeeds; the restored data lacks the object from after the snapshot, which is then written again. */
    public void completes(RunbookText runbook, Path folder, Consumer<RunningProgram> interference) {
        controlPlane.awaitSettled();

        disrupted(runbook, interference, ExitCode.DONE, folder);

        controlPlane.awaitHealthy();
        assertThat(controlPlane.have("before")).isEqualTo(controlPlane.all(true));
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(false));
        assertThat(ControlPlaneState.locks(controlPlane)).isEqualTo(controlPlane.all(""));
        controlPlane.write(after);
    }

    public ProgramResult disrupted(
            RunbookText runbook, Consumer<RunningProgram> interference, ExitCode expected, Path folder) {
        var running = new Program(folder.resolve("state"))
                .start(controlPlane.apply(runbook.writeTo(folder), Login.ROOT, "snapshot=" + snapshot, "--json"));
        interference.accept(running);
        return running.end(LIMIT).expect(expected);
    }
}
