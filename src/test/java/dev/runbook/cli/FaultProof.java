package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Restores that fail, on one control plane: afterwards everything is as it was. */
record FaultProof(ControlPlane controlPlane, Path snapshot, String after) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final AtomicInteger COUNT = new AtomicInteger(20_000);

    /** Takes a snapshot, and writes something after it, by which old data is known. */
    static FaultProof on(ControlPlane controlPlane, Path folder) {
        controlPlane.awaitRest();
        controlPlane.write("before");
        var snapshot =
                controlPlane.backUp(new Program(folder.resolve("backup")), folder.resolve("backup.db"), Login.ROOT);
        return new FaultProof(controlPlane, snapshot, controlPlane.writeNew("after"));
    }

    /** The runbook that ships, with a flag as none was before, so that there is something to edit on every host. */
    RunbookText runbook() {
        return RunbookText.shipped(controlPlane.restoreRunbook())
                .replace(
                        "        initial-cluster-state: existing\n",
                        "        initial-cluster-state: existing\n        snapshot-count: \"" + COUNT.incrementAndGet()
                                + "\"\n");
    }

    void failsAndGoesBack(Fault fault, Path folder) {
        var node = controlPlane.fleet().node(fault.host());
        controlPlane.awaitRest();
        var runbook = fault.runbook().apply(runbook()).writeTo(folder);
        var before = Standing.of(controlPlane);
        fault.prepared().accept(node);
        Ended ended;
        try {
            ended = new Program(folder.resolve("state"))
                    .start(controlPlane.apply(runbook, Login.ROOT, "snapshot=" + snapshot, "--timings"))
                    .end(LIMIT);
        } finally {
            fault.mended().accept(node);
        }
        ended.with(ExitCode.ROLLED_BACK);
        assertThat(ended.stdout().substring(ended.stdout().indexOf("Rolled back.")))
                .contains(fault.step(), "on " + fault.host())
                .contains(fault.said());
        before.isThatOf(controlPlane);
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
    }

    /** The same for harm that hands from outside do, at a moment that the events show. */
    void goesBack(RunbookText runbook, Path folder, Consumer<Running> hands) {
        controlPlane.awaitRest();
        var before = Standing.of(controlPlane);

        disturbed(runbook, hands, ExitCode.ROLLED_BACK, folder);

        before.isThatOf(controlPlane);
    }

    /** The run ends well all the same; what is restored has none of what came after the snapshot, which is written anew. */
    void goesOn(RunbookText runbook, Path folder, Consumer<Running> hands) {
        controlPlane.awaitRest();

        disturbed(runbook, hands, ExitCode.DONE, folder);

        controlPlane.awaitHealthy();
        assertThat(controlPlane.have("before")).isEqualTo(controlPlane.all(true));
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(false));
        assertThat(Standing.locks(controlPlane)).isEqualTo(controlPlane.all(""));
        controlPlane.write(after);
    }

    Ended disturbed(RunbookText runbook, Consumer<Running> hands, ExitCode expected, Path folder) {
        var running = new Program(folder.resolve("state"))
                .start(controlPlane.apply(runbook.writeTo(folder), Login.ROOT, "snapshot=" + snapshot, "--json"));
        hands.accept(running);
        return running.end(LIMIT).with(expected);
    }
}
