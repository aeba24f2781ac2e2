package dev.runbook.cli.replay;

import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.RunbookText;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.fleet.Login;
import dev.runbook.journal.RunEvent;
import dev.runbook.load.Loader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recorder of a run on a real control plane, with all that a replay needs. */
public record Recorder(ControlPlane controlPlane) {
    /** The same on every machine, because a journal has local paths. */
    public static final Path WORK = Path.of("/tmp/runbook-recording");

    /** Leaves the control plane healthy. */
    public Recording record(RecordedRun run, Path into) throws IOException, UsageError {
        remove(WORK);
        Files.createDirectories(WORK);
        controlPlane.awaitSettled();
        var program = new Program(WORK.resolve("state"));
        var snapshot = run.runbook().equals("backup.yml")
                ? Optional.<Path>empty()
                : Optional.of(controlPlane.backUp(
                        new Program(WORK.resolve("before")), WORK.resolve("snapshot.db"), Login.ROOT));
        var text = text(run);
        var runbook = text.writeTo(WORK);
        var node = run.fault().map(fault -> controlPlane.fleet().node(fault.host()));
        node.ifPresent(host -> run.fault().orElseThrow().prepare().accept(host));
        try {
            controlPlane.awaitHealthy();
            facts(program);
            var input = snapshot.map(file -> "snapshot=" + file).orElse("to=" + WORK.resolve("backup.db"));
            program.run(controlPlane.apply(runbook, Login.ROOT, input))
                    .expect(run.fault().isEmpty() ? ExitCode.DONE : ExitCode.ROLLED_BACK);
        } finally {
            node.ifPresent(host -> run.fault().orElseThrow().repair().accept(host));
        }
        controlPlane.awaitHealthy();
        var recording = new Recording(into.resolve(run.name()));
        keep(recording, text, snapshot);
        remove(WORK);
        return recording;
    }

    private RunbookText text(RecordedRun run) {
        var text = RunbookText.shipped(run.runbook());
        if (run.fault().isEmpty()) {
            return text;
        }
        // So that every host has a change.
        var more = text.replace(
                "        initial-cluster-state: existing\n",
                "        initial-cluster-state: existing\n        snapshot-count: \"9999\"\n");
        return run.fault().get().runbook().apply(more);
    }

    private void facts(Program program) {
        var arguments = new ArrayList<>(List.of("facts"));
        arguments.addAll(controlPlane.target(Login.ROOT));
        arguments.addAll(List.of("-o", WORK.resolve("facts.json").toString()));
        program.run(arguments).expect(ExitCode.DONE);
    }

    private void keep(Recording recording, RunbookText text, Optional<Path> snapshot) throws IOException, UsageError {
        var store = RunStore.at(WORK.resolve("state"));
        var events = store.events(store.runs().getFirst()).orElseThrow().stream()
                .map(Recorder::withoutInventories)
                .toList();
        recording.write(events, text.text(), inventory());
        Files.copy(
                WORK.resolve("facts.json"),
                recording.folder().resolve("facts.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        if (snapshot.isPresent() && controlPlane.isStacked()) {
            recording.writeStore(store(snapshot.get()));
        } else if (snapshot.isPresent()) {
            recording.writeSnapshot(snapshot.get());
        }
    }

    private static RestoredStore store(Path snapshot) throws IOException {
        try (var file = SnapshotFile.open(snapshot)) {
            return RestoredStore.read(file);
        } catch (BadSnapshot e) {
            throw new IOException("the snapshot of the recording cannot be read", e);
        }
    }

    /** Without the fleet's inventory, because it has the paths of keys. */
    private static RunEvent withoutInventories(RunEvent event) {
        return event instanceof RunEvent.RunBegan began
                ? new RunEvent.RunBegan(
                        began.at(),
                        began.run(),
                        began.runbook(),
                        began.hosts(),
                        began.epoch(),
                        new RunEvent.Call(
                                began.call().runbookFile(),
                                List.of("inventory.yml"),
                                began.call().inputs(),
                                began.call().artifacts(),
                                began.call().runbookSha256()))
                : event;
    }

    /** The same hosts in the same groups, without their connections. */
    private String inventory() throws IOException {
        var loaded = Loader.inventory(dev.runbook.cli.options.TargetOptions.inventoryRequest(
                List.of(controlPlane.fleet().inventory())));
        var text = new StringBuilder("all:\n  vars: {ansible_connection: simulated}\n  children:\n");
        for (var group : List.of("etcd", "kube_control_plane")) {
            text.append("    ").append(group).append(":\n      hosts:");
            var hosts = loaded.inventory().inGroup(group);
            if (hosts.isEmpty()) {
                text.append(" {}");
            }
            text.append('\n');
            for (var host : hosts) {
                text.append("        ").append(host.name()).append(": {}\n");
            }
        }
        return text.toString();
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
