package dev.runbook.cli.apply;

import dev.runbook.cli.terminal.ControllerName;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.RunOutcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one process to carry a run out from this machine: a lock of the operating system on a file in the run's
 * folder, which ends with the process. A second file says who has it, a third one asks that process to stop.
 */
public final class RunLock implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Another process may only be looking whether the lock is free. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    /** Closing a second channel of the same file would free the lock of the first one, so no second one is opened. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path folder;
    private volatile boolean open = true;
    private volatile Optional<String> askedBy = Optional.empty();

    private RunLock(FileChannel channel, Path folder) {
        this.channel = channel;
        this.folder = folder;
    }

    /**
     * Takes the lock of a run whose folder is there.
     *
     * @return empty when another process has it
     */
    public static Optional<RunLock> take(RunStore store, String run, Clock clock) throws UsageError, IOException {
        return take(store.folderOf(run), clock, GLANCE);
    }

    private static Optional<RunLock> take(Path folder, Clock clock, Duration patience) throws UsageError, IOException {
        if (!OWN.add(folder)) {
            return Optional.empty();
        }
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var until = System.nanoTime() + patience.toNanos();
        while (!locked(channel, folder)) {
            if (System.nanoTime() > until) {
                channel.close();
                OWN.remove(folder);
                return Optional.empty();
            }
            pause();
        }
        var lock = new RunLock(channel, folder);
        Files.deleteIfExists(folder.resolve("stop"));
        write(folder.resolve("controller"), ControllerName.owner() + " since " + clock.instant());
        return Optional.of(lock);
    }

    private static boolean locked(FileChannel channel, Path folder) throws UsageError {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            throw new UsageError("the run's folder " + folder + " cannot be locked: " + e.getMessage()
                    + "; set RUNBOOK_STATE to a folder on a file system with locks, such as one of a local disk");
        }
    }

    /** The process that has the run's lock, and since when; empty when none has it. */
    public static Optional<String> holder(RunStore store, String run) throws UsageError, IOException {
        var folder = store.folderOf(run);
        if (OWN.contains(folder)) {
            return Optional.of(named(folder));
        }
        if (!Files.exists(folder.resolve("lock"))) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
            return locked(channel, folder) ? Optional.empty() : Optional.of(named(folder));
        }
    }

    private static String named(Path folder) throws IOException {
        try {
            return Files.readString(folder.resolve("controller")).strip();
        } catch (NoSuchFileException e) {
            return "another process";
        }
    }

    /**
     * Asks the process that has the lock to stop where it is, and takes the lock once it has.
     *
     * @return empty when it has not stopped in time
     */
    public static Optional<RunLock> takeOver(RunStore store, String run, Clock clock, Duration patience)
            throws UsageError, IOException {
        var folder = store.folderOf(run);
        write(folder.resolve("stop"), ControllerName.owner());
        return take(folder, clock, patience);
    }

    /** Stops the run at once when another process asks for it. */
    public void watch(Interrupt interrupt, Terminal terminal) {
        Thread.ofVirtual().name("stop-requests").start(() -> {
            while (open && askedBy.isEmpty()) {
                try {
                    if (Files.exists(folder.resolve("stop"))) {
                        var by = Files.readString(folder.resolve("stop")).strip();
                        askedBy = Optional.of(by);
                        terminal.note("Stopping at once: " + by + " takes this run over.");
                        interrupt.ask(Interrupt.Request.STOP_NOW);
                    }
                } catch (IOException e) {
                    // It may be replaced right now, and is looked for again.
                    askedBy = Optional.empty();
                }
                pause();
            }
        });
    }

    /** A run that was stopped for another process is that one's now. */
    public RunOutcome handedOver(RunOutcome outcome) {
        return outcome instanceof RunOutcome.Interrupted && askedBy.isPresent()
                ? new RunOutcome.TakenOver("It was asked to stop by " + askedBy.get() + ", which takes the run over.")
                : outcome;
    }

    /** Another process took the lock between two looks at it. */
    public static UsageError held(String run) {
        return new UsageError("another process has just begun to carry out run " + run + "; `runbook runs` names it");
    }

    private static void write(Path file, String text) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a run's lock was awaited", e);
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        Files.deleteIfExists(folder.resolve("controller"));
        channel.close();
        OWN.remove(folder);
    }
}
