package dev.runbook.cli.replay;

import dev.runbook.cli.testing.Program;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.execute.PathRelocation;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.action.TransferAction;
import dev.runbook.recorded.FactsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded run in a folder: journal.jsonl, facts.json of the hosts before it, runbook.yml, inventory.yml, and its snapshot
 * as snapshot.db.gz, or if that has Secrets of a cluster, as store.json with the store that a restore of it results in.
 */
public record Recording(Path folder) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public static Recording committed(String name) {
        return new Recording(
                Program.home().resolve("src/test/resources/recorded").resolve(name));
    }

    public Path runbook() {
        return folder.resolve("runbook.yml");
    }

    public Path inventory() {
        return folder.resolve("inventory.yml");
    }

    public List<RunEvent> events() throws IOException {
        return JournalFile.read(folder.resolve("journal.jsonl"));
    }

    public ClusterFacts facts() throws IOException {
        var text = Files.readString(folder.resolve("facts.json"));
        return switch (FactsFile.read("facts.json", text)) {
            case FactsFile.Read.Facts(var recordedAt, var facts) -> facts;
            case FactsFile.Read.Bad(var problem) -> throw new AssertionError(problem.summary());
        };
    }

    /** The events, with this folder in place of the folders that the run used on its machine. */
    public List<RunEvent> eventsIn(Path here) throws IOException {
        var events = events();
        var files = Files.exists(folder.resolve("snapshot.db.gz"))
                ? Map.of(sent(events).orElseThrow().sha256(), here.resolve("snapshot.db"))
                : Map.<String, Path>of();
        var relocation = new PathRelocation(Recorder.WORK, here, files);
        return events.stream().map(relocation::applied).toList();
    }

    /** The snapshot, unpacked into a folder, if the recording has its bytes. */
    public Optional<Path> snapshot(Path into) throws IOException {
        var packed = folder.resolve("snapshot.db.gz");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        var snapshot = into.resolve("snapshot.db");
        try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, snapshot);
        }
        return Optional.of(snapshot);
    }

    public Optional<RestoredStore> store() throws IOException {
        var file = folder.resolve("store.json");
        return Files.exists(file)
                ? Optional.of(MAPPER.readValue(Files.readString(file), RestoredStore.class))
                : Optional.empty();
    }

    public void write(List<RunEvent> events, String runbook, String inventory) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("journal.jsonl"));
        Files.writeString(folder.resolve("journal.jsonl"), JournalFile.text(events));
        Files.writeString(runbook(), runbook);
        Files.writeString(inventory(), inventory);
    }

    public void writeSnapshot(Path snapshot) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("snapshot.db.gz")))) {
            Files.copy(snapshot, out);
        }
    }

    public void writeStore(RestoredStore store) throws IOException {
        Files.writeString(folder.resolve("store.json"), MAPPER.writeValueAsString(store) + "\n");
    }

    public static RunEvent.RunBegan began(List<RunEvent> events) {
        return (RunEvent.RunBegan) events.getFirst();
    }

    public static RunPlan plan(List<RunEvent> events) {
        return events.stream()
                .filter(RunEvent.RunPlanned.class::isInstance)
                .map(event -> ((RunEvent.RunPlanned) event).plan())
                .findFirst()
                .orElseThrow();
    }

    /** The action that sends the snapshot. */
    public static Optional<TransferAction.SendFile> sent(List<RunEvent> events) {
        return plan(events).steps().stream()
                .flatMap(step -> step.actions().values().stream())
                .flatMap(List::stream)
                .filter(TransferAction.SendFile.class::isInstance)
                .map(TransferAction.SendFile.class::cast)
                .findFirst();
    }
}
