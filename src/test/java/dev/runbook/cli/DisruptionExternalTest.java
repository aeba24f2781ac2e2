package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlaneState;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.CrashPoint;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import dev.runbook.cli.testing.RunbookText;
import dev.runbook.fleet.FleetNode;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A node, or the connection to it, is lost after a record of the journal, and returns: the run ends restored or rolled
 * back. CI runs a sample; {@code -Ddisturbed.cuts=10 -Ddisturbed.partitions=6} uses more points.
 */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.SECOND_EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class DisruptionExternalTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private CrashProof proof;

    @TempDir
    private Path folder;

    @BeforeAll
    void start(@TempDir Path before) {
        proof = CrashProof.on(ControlPlanes.secondExternal(), before);
    }

    private ControlPlane members() {
        return proof.controlPlane();
    }

    /** The whole machine stops, and the contents of its memory are lost. */
    @TestFactory
    Stream<DynamicTest> aNodeLosesItsPower() {
        return walk("disruption.cuts", 1, "power", FleetNode::kill, FleetNode::start, 3);
    }

    /** Members reach each other, but the controller does not reach this one. */
    @TestFactory
    Stream<DynamicTest> aNodeIsCutOffFromTheController() {
        return walk(
                "disruption.partitions",
                1,
                "controller",
                node -> node.exec(
                                "ip route replace blackhole $(ip route | sed -n 's/^default via \\([^ ]*\\).*/\\1/p')")
                        .require("cut " + node.name() + " off"),
                FleetNode::heal,
                6);
    }

    @TestFactory
    Stream<DynamicTest> aNodeIsCutOffFromTheOtherMembers() {
        return walk(
                "disruption.partitions",
                1,
                "members",
                node -> node.partitionFrom(members().fleet().nodes().stream()
                        .filter(other -> other != node)
                        .toList()),
                FleetNode::heal,
                6);
    }

    @TestFactory
    Stream<DynamicTest> sshdRestartsAndDropsAllSessions() {
        return walk(
                "disruption.sshd",
                0,
                "sshd",
                node -> node.exec("systemctl restart ssh; pkill -9 -f '^sshd(-session)?: '")
                        .require("restart sshd"),
                _ -> {},
                0);
    }

    private Stream<DynamicTest> walk(
            String property,
            int usual,
            String what,
            Consumer<FleetNode> disrupt,
            Consumer<FleetNode> repair,
            int seconds) {
        var points = CrashPoint.wanted(proof.points(), property, usual);
        var nodes = members().fleet().nodes();
        return points.stream().map(point -> {
            // A different node for each point.
            var node = nodes.get(points.indexOf(point) % nodes.size());
            return DynamicTest.dynamicTest(what + " of " + node.name() + " after " + point, () -> {
                var mending = new CompletableFuture<Void>();
                var later = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
                var end = proof.disrupted(
                        point,
                        () -> {
                            disrupt.accept(node);
                            later.execute(() -> {
                                try {
                                    repair.accept(node);
                                    mending.complete(null);
                                } catch (RuntimeException e) {
                                    mending.completeExceptionally(e);
                                }
                            });
                        },
                        () -> mending.orTimeout(1, TimeUnit.MINUTES).join(),
                        folder.resolve(what + "-" + point.number()));
                System.out.println("disruption: " + what + " of " + node.name() + " after " + point + ": " + end);
            });
        });
    }

    /** The other nodes roll back without it, the output lists what is left, and the node rolls back when it returns. */
    @Test
    void anAbsentNodeRollsBackWhenItReturns() {
        var node = members().fleet().nodes().get(1);
        var point = proof.points().stream()
                .filter(each -> each.kind().equals("step-began") && each.step() == startStep())
                .findFirst()
                .orElseThrow();
        var end = proof.disrupted(point, node::kill, node::start, folder.resolve("away"), "--lost-node-timeout", "10");
        assertThat(end).isEqualTo(ExitCode.STUCK);
    }

    /** Long before the commit, with every member stopped. */
    private int startStep() {
        return proof.points().stream()
                        .filter(point -> point.kind().equals("commit-began"))
                        .findFirst()
                        .orElseThrow()
                        .step()
                - 2;
    }

    /** By the date command of a node: refused, but if the operator allows it, no part of the restore depends on it. */
    @Test
    void aClockThatIsTenMinutesOffIsRefusedUnlessAllowed() {
        members().awaitSettled();
        var before = ControlPlaneState.of(members());
        var node = members().fleet().nodes().getLast();
        node.exec("printf '%s\\n' '#!/bin/sh' 'exec /usr/bin/date -d \"+10 minutes\" \"$@\"' >/usr/local/bin/date;"
                        + " chmod 755 /usr/local/bin/date")
                .require("set the clock of " + node.name());
        try {
            var call = proof.restore(904, folder.resolve("clock"));
            var refused = new Program(folder.resolve("late")).run(call).expect(ExitCode.PREFLIGHT);
            assertThat(refused.stdout() + refused.stderr()).contains("clock-skew", node.name());
            before.assertUnchanged(members());

            var allowed = new ArrayList<>(call);
            allowed.addAll(List.of("-e", "allow=[\"clock-skew\"]"));
            new Program(folder.resolve("late")).run(allowed).expect(ExitCode.DONE);
            proof.assertRestored(before.clusterIds().values());
        } finally {
            node.exec("rm /usr/local/bin/date").require("set the clock back");
        }
    }

    @Test
    void ofTwoControllersAtOnceExactlyOneRuns() {
        members().awaitSettled();
        var clusters = members().clusterIds().values();
        var both = List.of(
                new Program(folder.resolve("one")).start(proof.restore(900, folder.resolve("a"))),
                new Program(folder.resolve("two")).start(proof.restore(901, folder.resolve("b"))));
        var ended = both.stream().map(running -> running.end(LIMIT)).toList();
        assertThat(ended.stream().map(ProgramResult::exitCode))
                .as("%s", ended)
                .containsExactlyInAnyOrder(ExitCode.DONE.number(), ExitCode.PREFLIGHT.number());
        proof.assertRestored(clusters);
    }

    /** The controller is paused, another one takes the run over and rolls it back, and then the first one resumes. */
    @Test
    void aPausedControllerThatResumesChangesNothing() {
        members().awaitSettled();
        var before = ControlPlaneState.of(members());
        var point = proof.points().stream()
                .filter(each -> each.step() == startStep() && each.kind().equals("step-began"))
                .findFirst()
                .orElseThrow();
        var paused = new Program(folder.resolve("paused"))
                .heldAfter(point.number(), proof.restore(902, folder.resolve("c")))
                .signal("STOP");
        var run = paused.run();
        var takeover = members()
                .onRun(
                        "rollback",
                        run,
                        "--from-node",
                        "etcd2",
                        "--file",
                        proof.snapshot().toString());
        new Program(folder.resolve("takeover")).run(takeover).expect(ExitCode.DONE);
        before.assertUnchanged(members());

        var resumed = paused.signal("CONT").proceed().end(LIMIT);

        resumed.expect(ExitCode.INTERRUPTED);
        assertThat(resumed.stdout() + resumed.stderr())
                .contains("Taken over.", "run " + run + " was taken over by", "(epoch 2)", "rolls nothing back");
        before.assertUnchanged(members());
    }

    /** On one machine, with one journal: the second is told who has the run, and gets it once that one has stopped. */
    @Test
    void aRunHasOneControllerOnAMachine() {
        members().awaitSettled();
        var clusters = members().clusterIds().values();
        var point = proof.points().stream()
                .filter(each -> each.step() == startStep() && each.kind().equals("step-began"))
                .findFirst()
                .orElseThrow();
        var program = new Program(folder.resolve("shared"));
        var first = program.heldAfter(point.number(), proof.restore(905, folder.resolve("e")));
        var run = first.run();
        for (var command : List.of("resume", "rollback")) {
            var refused = program.run(members().onRun(command, run)).expect(ExitCode.PREFLIGHT);
            assertThat(refused.stderr())
                    .contains(
                            "run-is-active",
                            "is being carried out by",
                            "process ",
                            "at step " + point.step(),
                            "--take-over");
        }
        assertThat(program.run("runs").stdout()).contains("being carried out by", "at step " + point.step());

        var second = program.start(members().onRun("resume", run, "--take-over"));
        second.awaitLine(LIMIT, "Waiting up to");
        first.awaitLine(LIMIT, "takes this run over").proceed();
        var stopped = first.end(LIMIT).expect(ExitCode.INTERRUPTED);
        assertThat(stopped.stderr())
                .contains("Taken over.", "which takes the run over")
                .doesNotContain("or: runbook");
        second.end(LIMIT).expect(ExitCode.DONE);
        proof.assertRestored(clusters);
        assertThat(program.run("runs", "show", run).expect(ExitCode.DONE).stdout())
                .contains("succeeded");
    }

    /** The lock of the machine does not help where each has a state folder of its own; the nodes fence the first one. */
    @Test
    void aControllerThatIsFencedWhileItWaitsStopsAtOnce() {
        members().awaitSettled();
        var before = ControlPlaneState.of(members());
        var slow = new Program(folder.resolve("waits"))
                .start(members()
                        .apply(
                                RunbookText.shipped(members().restoreRunbook())
                                        .before("Stop every member", """
                                            - name: Wait long
                                              timeout: 90s
                                              wait-for: {path: /nowhere}
                                            """)
                                        .writeTo(folder.resolve("w")),
                                Login.ROOT,
                                "snapshot=" + proof.snapshot(),
                                "--json"))
                .awaitStep("wait-for");
        var takeover = members().onRun("rollback", slow.run(), "--from-node", "etcd1");
        new Program(folder.resolve("rolls-back")).run(takeover).expect(ExitCode.DONE);
        var ended = slow.end(Duration.ofSeconds(60)).expect(ExitCode.INTERRUPTED);
        assertThat(ended.stderr()).contains("Taken over.", "taken over by").doesNotContain("waited 90 s");
        before.assertUnchanged(members());
    }

    /** kill, and a terminal that is closed together with its pipes. */
    @Test
    void rollsBackWhenTerminatedOrItsTerminalCloses() throws InterruptedException {
        for (var signal : List.of("TERM", "HUP")) {
            members().awaitSettled();
            var before = ControlPlaneState.of(members());
            var running = new Program(folder.resolve(signal))
                    .start(proof.restore(903, folder.resolve("d-" + signal)))
                    .awaitStep("stop-etcd");
            if (signal.equals("HUP")) {
                running.closeOutput();
            }
            running.signal(signal);
            assertThat(running.exitCode(LIMIT)).isEqualTo(ExitCode.ROLLED_BACK.number());
            before.assertUnchanged(members());
        }
    }
}
