package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.fleet.FleetNode;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A node, or the way to it, is lost behind a record of the journal, and comes back: the run ends restored or as it was
 * before. A sample in CI; {@code -Ddisturbed.cuts=10 -Ddisturbed.partitions=6} takes more points.
 */
@Tag("fleet")
@ResourceLock(ControlPlanes.SECOND_EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class DisturbedExternalTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

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

    /** The whole machine: what lived in its memory is gone. */
    @TestFactory
    Stream<DynamicTest> aNodeLosesItsPower() {
        return walk("disturbed.cuts", 1, "power", FleetNode::kill, FleetNode::start, 3);
    }

    /** Members see each other, the controller does not see this one. */
    @TestFactory
    Stream<DynamicTest> aNodeIsCutOffFromTheController() {
        return walk(
                "disturbed.partitions",
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
                "disturbed.partitions",
                1,
                "members",
                node -> node.partitionFrom(members().fleet().nodes().stream()
                        .filter(other -> other != node)
                        .toList()),
                FleetNode::heal,
                6);
    }

    @TestFactory
    Stream<DynamicTest> sshdIsStartedAnewAndDropsEverybody() {
        return walk(
                "disturbed.sshd",
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
            Consumer<FleetNode> harm,
            Consumer<FleetNode> mended,
            int seconds) {
        var points = CrashPoint.wanted(proof.points(), property, usual);
        var nodes = members().fleet().nodes();
        return points.stream().map(point -> {
            // Another node each time.
            var node = nodes.get(points.indexOf(point) % nodes.size());
            return DynamicTest.dynamicTest(what + " of " + node.name() + " behind " + point, () -> {
                var mending = new CompletableFuture<Void>();
                var later = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
                var end = proof.disturbed(
                        point,
                        () -> {
                            harm.accept(node);
                            later.execute(() -> {
                                try {
                                    mended.accept(node);
                                    mending.complete(null);
                                } catch (RuntimeException e) {
                                    mending.completeExceptionally(e);
                                }
                            });
                        },
                        () -> mending.orTimeout(1, TimeUnit.MINUTES).join(),
                        folder.resolve(what + "-" + point.number()));
                System.out.println("disturbed: " + what + " of " + node.name() + " behind " + point + ": " + end);
            });
        });
    }

    /** Others go back without it, the last words say what is left, and once it is there again so does it. */
    @Test
    void aNodeThatStaysAwayGoesBackWhenItReturns() {
        var node = members().fleet().nodes().get(1);
        var point = proof.points().stream()
                .filter(each -> each.kind().equals("step-began") && each.step() == startStep())
                .findFirst()
                .orElseThrow();
        var end = proof.disturbed(point, node::kill, node::start, folder.resolve("away"), "--lost-node-timeout", "10");
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

    /** As date tells it there: refused, and when a person insists, no part of the restore depends on it. */
    @Test
    void aClockThatIsTenMinutesOffIsRefusedUnlessAllowed() {
        members().awaitRest();
        var before = Standing.of(members());
        var node = members().fleet().nodes().getLast();
        node.exec("printf '%s\\n' '#!/bin/sh' 'exec /usr/bin/date -d \"+10 minutes\" \"$@\"' >/usr/local/bin/date;"
                        + " chmod 755 /usr/local/bin/date")
                .require("set the clock of " + node.name());
        try {
            var call = proof.restore(904, folder.resolve("clock"));
            var refused = new Program(folder.resolve("late")).run(call).with(ExitCode.PREFLIGHT);
            assertThat(refused.stdout() + refused.stderr()).contains("clock-skew", node.name());
            before.isThatOf(members());

            var insisting = new ArrayList<>(call);
            insisting.addAll(List.of("-e", "allow=[\"clock-skew\"]"));
            new Program(folder.resolve("late")).run(insisting).with(ExitCode.DONE);
            proof.isRestored(before.clusterIds().values());
        } finally {
            node.exec("rm /usr/local/bin/date").require("set the clock back");
        }
    }

    @Test
    void ofTwoControllersAtOnceExactlyOneRuns() {
        members().awaitRest();
        var clusters = members().clusterIds().values();
        var both = List.of(
                new Program(folder.resolve("one")).start(proof.restore(900, folder.resolve("a"))),
                new Program(folder.resolve("two")).start(proof.restore(901, folder.resolve("b"))));
        var ended = both.stream().map(running -> running.end(LIMIT)).toList();
        assertThat(ended.stream().map(Ended::exitCode))
                .as("%s", ended)
                .containsExactlyInAnyOrder(ExitCode.DONE.number(), ExitCode.PREFLIGHT.number());
        proof.isRestored(clusters);
    }

    /** It is stopped in the middle, another one takes the run over and back, and then it wakes up. */
    @Test
    void aControllerThatSleptChangesNothing() {
        members().awaitRest();
        var before = Standing.of(members());
        var point = proof.points().stream()
                .filter(each -> each.step() == startStep() && each.kind().equals("step-began"))
                .findFirst()
                .orElseThrow();
        var sleeping = new Program(folder.resolve("sleeping"))
                .heldBehind(point.number(), proof.restore(902, folder.resolve("c")))
                .signal("STOP");
        var run = sleeping.run();
        var taken = members()
                .again(
                        "rollback",
                        run,
                        "--from-node",
                        "etcd2",
                        "--file",
                        proof.snapshot().toString());
        new Program(folder.resolve("awake")).run(taken).with(ExitCode.DONE);
        before.isThatOf(members());

        var woken = sleeping.signal("CONT").letGoOn().end(LIMIT);

        assertThat(woken.exitCode()).as("%s", woken).isIn(ExitCode.STUCK.number(), ExitCode.ROLLED_BACK.number());
        assertThat(woken.stdout() + woken.stderr()).contains("is not held by run " + run);
        before.isThatOf(members());
    }

    /** kill, and a terminal that is closed with all that it reads. */
    @Test
    void goesBackWhenItIsTerminatedOrItsTerminalIsGone() throws InterruptedException {
        for (var signal : List.of("TERM", "HUP")) {
            members().awaitRest();
            var before = Standing.of(members());
            var running = new Program(folder.resolve(signal))
                    .start(proof.restore(903, folder.resolve("d-" + signal)))
                    .awaitStep("stop-etcd");
            if (signal.equals("HUP")) {
                running.leaveAlone();
            }
            running.signal(signal);
            assertThat(running.exitCode(LIMIT)).isEqualTo(ExitCode.ROLLED_BACK.number());
            before.isThatOf(members());
        }
    }
}
