package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Restores whose controller is lost on the way, on one control plane: they end restored and proven, or as it was before.
 *
 * @param before the name of an object that is in the snapshot
 * @param after of one that is not, and that the control plane has between the restores
 * @param points records of such a restore
 */
record CrashProof(ControlPlane controlPlane, Path snapshot, String before, String after, List<CrashPoint> points) {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** Learns the records from a restore that nobody disturbs. */
    static CrashProof on(ControlPlane controlPlane, Path folder) {
        controlPlane.awaitRest();
        var before = controlPlane.writeNew("before");
        var program = new Program(folder.resolve("whole"));
        var snapshot = controlPlane.backUp(program, folder.resolve("crash.db"), Login.ROOT);
        // The first one makes folders that every later one finds.
        program.run(restore(controlPlane, snapshot, 0, folder)).with(ExitCode.DONE);
        controlPlane.awaitRest();
        var whole = program.run(restore(controlPlane, snapshot, -1, folder)).with(ExitCode.DONE);
        controlPlane.awaitRest();
        var after = controlPlane.writeNew("after");
        return new CrashProof(controlPlane, snapshot, before, after, CrashPoint.of(whole.stdout()));
    }

    /** The runbook that ships, with a flag that no run before had, so that there is something to edit every time. */
    private static List<String> restore(ControlPlane controlPlane, Path snapshot, int number, Path folder) {
        var runbook = RunbookText.shipped(controlPlane.restoreRunbook())
                .replace(
                        "        initial-cluster-state: existing\n",
                        "        initial-cluster-state: existing\n        snapshot-count: \"" + (10_000 + number)
                                + "\"\n")
                .writeTo(folder);
        return controlPlane.apply(runbook, Login.ROOT, "snapshot=" + snapshot, "--json");
    }

    /** What is typed for a restore that differs from all with another number. */
    List<String> restore(int number, Path folder) {
        return restore(controlPlane, snapshot, number, folder);
    }

    /** Who ends a run that its controller left. */
    enum Second {
        /** On the same machine, from the journal. */
        WITH_THE_JOURNAL,
        /** On another one, which has nothing but the inventory and the snapshot. */
        FROM_A_NODE
    }

    void goesOn(CrashPoint point, Second second, Path folder) {
        controlPlane.awaitRest();
        var clusterBefore = controlPlane.clusterIds();
        var run = killed(point, folder);
        again("resume", run, second, folder).with(point.isBehindThePlan() ? ExitCode.DONE : ExitCode.ROLLED_BACK);
        if (point.isBehindThePlan()) {
            isRestored(clusterBefore.values());
        }
    }

    void goesBack(CrashPoint point, Second second, Path folder) {
        controlPlane.awaitRest();
        var standing = Standing.of(controlPlane);
        var run = killed(point, folder);
        again("rollback", run, second, folder).with(ExitCode.DONE);
        standing.isThatOf(controlPlane);
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
    }

    /** Something happens behind a record; then the run ends restored or as before, once more is asked if need be. */
    ExitCode disturbed(CrashPoint point, Runnable harm, Runnable mended, Path folder, String... options) {
        controlPlane.awaitRest();
        var standing = Standing.of(controlPlane);
        var program = new Program(folder.resolve("first"));
        var call = new ArrayList<>(restore(point.number(), folder));
        call.addAll(List.of(options));
        var running = program.heldBehind(point.number(), call);
        Ended ended;
        try {
            harm.run();
            ended = running.letGoOn().end(LIMIT);
        } finally {
            mended.run();
        }
        boolean left = ended.exitCode() == ExitCode.STUCK.number();
        if (left) {
            assertThat(ended.stdout() + ended.stderr()).contains("runbook resume " + ended.run());
            ended = program.run(controlPlane.again("resume", ended.run()));
        }
        if (ended.exitCode() == ExitCode.DONE.number()) {
            isRestored(standing.clusterIds().values());
        } else {
            ended.with(ExitCode.ROLLED_BACK);
            standing.isThatOf(controlPlane);
            assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
        }
        return left ? ExitCode.STUCK : ended.exitCode() == 0 ? ExitCode.DONE : ExitCode.ROLLED_BACK;
    }

    private String killed(CrashPoint point, Path folder) {
        return new Program(folder.resolve("first"))
                .killedBehind(point.number(), restore(point.number(), folder))
                .run();
    }

    private Ended again(String command, String run, Second second, Path folder) {
        var more = new ArrayList<String>();
        if (second == Second.FROM_A_NODE) {
            more.addAll(
                    List.of("--from-node", controlPlane.fleet().nodes().get(1).name(), "--file", snapshot.toString()));
        }
        var state = second == Second.FROM_A_NODE ? "second" : "first";
        return new Program(folder.resolve(state)).run(controlPlane.again(command, run, more.toArray(String[]::new)));
    }

    /** Restored, whole, on every member, and ready for the next restore. */
    void isRestored(java.util.Collection<String> clustersBefore) {
        controlPlane.awaitHealthy();
        assertThat(controlPlane.have(before)).isEqualTo(controlPlane.all(true));
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(false));
        assertThat(Set.copyOf(controlPlane.clusterIds().values()))
                .hasSize(1)
                .doesNotContainAnyElementsOf(clustersBefore);
        assertThat(Set.copyOf(controlPlane.hashes(controlPlane.revision()).values()))
                .hasSize(1);
        assertThat(Standing.locks(controlPlane)).as("locks").isEqualTo(controlPlane.all(""));
        controlPlane.write(after);
    }
}
