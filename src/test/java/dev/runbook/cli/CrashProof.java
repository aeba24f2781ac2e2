package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlaneState;
import dev.runbook.cli.testing.CrashPoint;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import dev.runbook.cli.testing.RunbookText;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Restores whose controller is lost during the run, on one control plane: they end restored and verified, or rolled back.
 *
 * @param before the name of an object in the snapshot
 * @param after the name of an object that is not in it, and that the control plane has between the restores
 * @param points the records of such a restore
 */
record CrashProof(ControlPlane controlPlane, Path snapshot, String before, String after, List<CrashPoint> points) {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** Learns the records from an undisrupted restore. */
    static CrashProof on(ControlPlane controlPlane, Path folder) {
        controlPlane.awaitSettled();
        var before = controlPlane.writeNew("before");
        var program = new Program(folder.resolve("whole"));
        var snapshot = controlPlane.backUp(program, folder.resolve("crash.db"), Login.ROOT);
        // The first run creates folders that every later one finds.
        program.run(restore(controlPlane, snapshot, 0, folder)).expect(ExitCode.DONE);
        controlPlane.awaitSettled();
        var whole = program.run(restore(controlPlane, snapshot, -1, folder)).expect(ExitCode.DONE);
        controlPlane.awaitSettled();
        var after = controlPlane.writeNew("after");
        return new CrashProof(controlPlane, snapshot, before, after, CrashPoint.of(whole.stdout()));
    }

    /** The shipped runbook, with a flag that no earlier run had, so that every run edits the configuration. */
    private static List<String> restore(ControlPlane controlPlane, Path snapshot, int number, Path folder) {
        var runbook = RunbookText.shipped(controlPlane.restoreRunbook())
                .replace(
                        "        initial-cluster-state: existing\n",
                        "        initial-cluster-state: existing\n        snapshot-count: \"" + (10_000 + number)
                                + "\"\n")
                .writeTo(folder);
        return controlPlane.apply(runbook, Login.ROOT, "snapshot=" + snapshot, "--json");
    }

    /** The command line of a restore that differs from those with another number. */
    List<String> restore(int number, Path folder) {
        return restore(controlPlane, snapshot, number, folder);
    }

    /** The process that ends a run whose controller was lost. */
    enum Successor {
        /** On the same machine, from the journal. */
        WITH_THE_JOURNAL,
        /** On another machine, which has only the inventory and the snapshot. */
        FROM_A_NODE
    }

    void resumes(CrashPoint point, Successor successor, Path folder) {
        controlPlane.awaitSettled();
        var clusterBefore = controlPlane.clusterIds();
        var run = killed(point, folder);
        onRun("resume", run, successor, folder).expect(point.isAfterPlan() ? ExitCode.DONE : ExitCode.ROLLED_BACK);
        if (point.isAfterPlan()) {
            assertRestored(clusterBefore.values());
        }
    }

    void rollsBack(CrashPoint point, Successor successor, Path folder) {
        controlPlane.awaitSettled();
        var initial = ControlPlaneState.of(controlPlane);
        var run = killed(point, folder);
        onRun("rollback", run, successor, folder).expect(ExitCode.DONE);
        initial.assertUnchanged(controlPlane);
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
    }

    /** A disruption after a record; the run ends restored or rolled back, if necessary after one resume. */
    ExitCode disrupted(CrashPoint point, Runnable disrupt, Runnable repair, Path folder, String... options) {
        controlPlane.awaitSettled();
        var initial = ControlPlaneState.of(controlPlane);
        var program = new Program(folder.resolve("first"));
        var arguments = new ArrayList<>(restore(point.number(), folder));
        arguments.addAll(List.of(options));
        var running = program.heldAfter(point.number(), arguments);
        ProgramResult ended;
        try {
            disrupt.run();
            ended = running.proceed().end(LIMIT);
        } finally {
            repair.run();
        }
        boolean stuck = ended.exitCode() == ExitCode.STUCK.number();
        if (stuck) {
            assertThat(ended.stdout() + ended.stderr()).contains("runbook resume " + ended.run());
            ended = program.run(controlPlane.onRun("resume", ended.run()));
        }
        if (ended.exitCode() == ExitCode.DONE.number()) {
            assertRestored(initial.clusterIds().values());
        } else {
            ended.expect(ExitCode.ROLLED_BACK);
            initial.assertUnchanged(controlPlane);
            assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
        }
        return stuck ? ExitCode.STUCK : ended.exitCode() == 0 ? ExitCode.DONE : ExitCode.ROLLED_BACK;
    }

    private String killed(CrashPoint point, Path folder) {
        return new Program(folder.resolve("first"))
                .killedAfter(point.number(), restore(point.number(), folder))
                .run();
    }

    private ProgramResult onRun(String command, String run, Successor successor, Path folder) {
        var more = new ArrayList<String>();
        if (successor == Successor.FROM_A_NODE) {
            more.addAll(
                    List.of("--from-node", controlPlane.fleet().nodes().get(1).name(), "--file", snapshot.toString()));
        }
        var state = successor == Successor.FROM_A_NODE ? "second" : "first";
        return new Program(folder.resolve(state)).run(controlPlane.onRun(command, run, more.toArray(String[]::new)));
    }

    /** Checks that every member is restored completely, and prepares the next restore. */
    void assertRestored(java.util.Collection<String> clustersBefore) {
        controlPlane.awaitHealthy();
        assertThat(controlPlane.have(before)).isEqualTo(controlPlane.all(true));
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(false));
        assertThat(Set.copyOf(controlPlane.clusterIds().values()))
                .hasSize(1)
                .doesNotContainAnyElementsOf(clustersBefore);
        assertThat(Set.copyOf(controlPlane.hashes(controlPlane.revision()).values()))
                .hasSize(1);
        assertThat(ControlPlaneState.locks(controlPlane)).as("locks").isEqualTo(controlPlane.all(""));
        controlPlane.write(after);
    }
}
