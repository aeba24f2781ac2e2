package dev.runbook.cli.apply;

import dev.runbook.cli.terminal.UsageError;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.node.Claim;
import dev.runbook.step.RunIdentity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The local folder with the journal and the retained artifacts of every run. */
public final class RunStore {
    private final Path folder;

    private RunStore(Path folder) {
        this.folder = folder;
    }

    /** The folder RUNBOOK_STATE, else the state folder of the XDG base directory specification. */
    public static RunStore ofEnvironment() {
        var own = System.getenv("RUNBOOK_STATE");
        if (own != null && !own.isEmpty()) {
            return new RunStore(Path.of(own).toAbsolutePath());
        }
        var xdg = System.getenv("XDG_STATE_HOME");
        var state = xdg == null || xdg.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(xdg);
        return new RunStore(state.resolve("runbook").toAbsolutePath());
    }

    /** A store in another folder. */
    public static RunStore at(Path folder) {
        return new RunStore(folder.toAbsolutePath());
    }

    public Path folderOf(String run) {
        return folder.resolve("runs").resolve(run);
    }

    public Path journalOf(String run) {
        return folderOf(run).resolve("journal.jsonl");
    }

    /**
     * Creates the run's folders, readable by this user only, because snapshots hold every secret of a cluster. A run begins
     * once, even if two processes try at the same time.
     */
    void create(RunIdentity run) throws UsageError, IOException {
        var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder.resolve("runs"), ours);
        try {
            Files.createDirectory(folderOf(run.id()), ours);
        } catch (FileAlreadyExistsException e) {
            throw new UsageError("run " + run.id() + " has already begun, and a plan is applied only once; plan again");
        }
        // A saved plan may have been made with another state folder.
        Files.createDirectories(run.artifacts(), ours);
    }

    /** Creates the folder of a run that began on another machine, or lost its journal here; it may already exist. */
    public void createForTakeover(String run) throws IOException {
        Files.createDirectories(
                folderOf(run), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Runs with a journal, newest first. */
    public List<String> runs() throws IOException {
        var runs = folder.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.map(path -> path.getFileName().toString())
                    .filter(run -> Files.exists(journalOf(run)))
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList();
        }
    }

    /**
     * The journal of a run; empty when none is here.
     *
     * @throws UsageError when the journal is damaged or has another format; the message says which and what to do
     */
    public Optional<List<RunEvent>> events(String run) throws UsageError {
        if (!Files.exists(journalOf(run))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JournalFile.readRun(journalOf(run)));
        } catch (IOException e) {
            var next = afterDamage(run);
            throw new UsageError("the journal of run " + run + " cannot be read: " + e.getMessage()
                    + (next.isEmpty() ? "" : "; " + next));
        }
    }

    /** Whether a journal is here that cannot be read whole. */
    public boolean isDamaged(String run) {
        try {
            if (Files.exists(journalOf(run))) {
                JournalFile.readRun(journalOf(run));
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The events of a damaged journal before its damage. */
    public List<RunEvent> beforeDamage(String run) {
        try {
            var events = JournalFile.readable(journalOf(run));
            JournalFile.fold(events);
            return events;
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }

    /** What the operator can do with a damaged journal: the hosts have one of their own. Empty for a journal of another format. */
    public String afterDamage(String run) {
        return beforeDamage(run).stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(RunEvent.RunBegan.class::cast)
                .findFirst()
                .filter(_ -> !NewRun.isSimulated(run))
                .map(began -> "its hosts keep journals of their own: `runbook resume " + run + " --from-node "
                        + began.hosts().getFirst() + inventories(began.call().inventories())
                        + "`, or rollback, with one"
                        + " of " + String.join(", ", began.hosts()))
                .orElse("");
    }

    private static String inventories(List<String> files) {
        return files.stream().map(file -> " -i " + file).collect(Collectors.joining());
    }

    /** A marker beside the journal, which remains: nothing else of the run is left here or on its hosts. */
    private Path cleanedMarker(String run) {
        return folderOf(run).resolve("cleaned");
    }

    public boolean isCleaned(String run) {
        return Files.exists(cleanedMarker(run));
    }

    public void markCleaned(String run, Instant at) throws IOException {
        Files.writeString(cleanedMarker(run), at + "\n");
    }

    /** Whether the run of a lock has ended by its local journal, and no later controller holds the lock. */
    public boolean hasEnded(Claim holder) {
        if (!holder.run().matches("[a-z0-9][a-z0-9-]{0,62}")) {
            return false;
        }
        try {
            var events = events(holder.run()).orElse(List.of());
            return JournalFile.fold(events).phase() == RunState.Phase.ENDED
                    && events.stream()
                            .anyMatch(event ->
                                    event instanceof RunEvent.RunBegan began && began.epoch() >= holder.epoch());
        } catch (UsageError e) {
            // A journal that cannot be read records no end.
            return false;
        }
    }
}
