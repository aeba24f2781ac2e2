package dev.runbook.journal;

import dev.runbook.model.ActionResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A journal in a file of JSON Lines, each with a checksum, synced before {@link #append} returns. Written at the end of the
 * file alone, wherever that is: two processes, which the lock of the run's folder forbids, would damage no line.
 */
public final class JournalFile implements Journal, AutoCloseable {
    private final FileChannel channel;

    private JournalFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens for appending; a new file is made 0600 and its folder is synced. A torn last line is cut off.
     *
     * @throws IOException when the file cannot be opened, is damaged before its last line, or has another format
     */
    public static JournalFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
        var lines = JournalLines.of(Files.readAllBytes(path));
        if (lines.damaged().isPresent()) {
            // Appending would cut off all that comes after the damaged line.
            throw new IOException(path + ":" + lines.damaged().get());
        }
        var whole = lines.wholeBytes();
        // What is appended must not end in the same line as what a crash tore.
        if (whole < Files.size(path)) {
            try (var torn = FileChannel.open(path, StandardOpenOption.WRITE)) {
                torn.truncate(whole);
            }
        }
        return new JournalFile(FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    @Override
    public void append(RunEvent event) {
        var bytes = ByteBuffer.wrap(JournalCodec.encode(event).getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (mustSurvive(event)) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written, so the run stops", e);
        }
    }

    /**
     * A result that is lost is only an action in doubt, which is undone or found undone; an intent that is lost would be
     * an unknown action. What was done before this run must not become in doubt: it would be undone.
     */
    private static boolean mustSurvive(RunEvent event) {
        return switch (event) {
            case RunEvent.ActionEnded ended ->
                switch (ended.result()) {
                    case ActionResult.AlreadyDone _,
                            ActionResult.Refused _,
                            ActionResult.Barred _,
                            ActionResult.Fenced _ -> true;
                    case ActionResult.Done _, ActionResult.Failed _, ActionResult.InDoubt _, ActionResult.NotBegun _ ->
                        false;
                };
            case RunEvent.UndoEnded _ -> false;
            case RunEvent.RunBegan _,
                    RunEvent.RunPlanned _,
                    RunEvent.StepIntended _,
                    RunEvent.StepResumed _,
                    RunEvent.InDoubtResolved _,
                    RunEvent.StepEnded _,
                    RunEvent.CommitBegan _,
                    RunEvent.Committed _,
                    RunEvent.RollbackBegan _,
                    RunEvent.StepUndoBegan _,
                    RunEvent.RunEnded _ -> true;
        };
    }

    /**
     * All events. A torn last line, as a crash leaves it, is skipped; damage before it is an error.
     *
     * @throws IOException when the file cannot be read, a line before the last is damaged, or the journal has another format
     */
    public static List<RunEvent> read(Path path) throws IOException {
        var lines = JournalLines.of(Files.readAllBytes(path));
        if (lines.damaged().isPresent()) {
            throw new IOException(path + ":" + lines.damaged().get());
        }
        return lines.events();
    }

    /**
     * The events of one run, which fit together.
     *
     * @throws IOException as {@link #read}, and when the records are not those of one run in their order
     */
    public static List<RunEvent> readRun(Path path) throws IOException {
        var events = read(path);
        try {
            fold(events);
            return events;
        } catch (RuntimeException e) {
            throw new IOException(path + ": its records do not fit together (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The events before the damage; all of them when none is.
     *
     * @throws IOException when the file cannot be read
     */
    public static List<RunEvent> readable(Path path) throws IOException {
        return JournalLines.of(Files.readAllBytes(path)).events();
    }

    /** Events in the form of the file, to be kept elsewhere. */
    public static String text(List<RunEvent> events) {
        return String.join("", events.stream().map(JournalCodec::encode).toList());
    }

    /**
     * Events from {@link #text}.
     *
     * @throws IOException when a line is damaged, or the journal has another format
     */
    public static List<RunEvent> parse(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var lines = JournalLines.of(bytes);
        if (lines.damaged().isPresent()) {
            throw new IOException("line " + lines.damaged().get());
        }
        if (lines.wholeBytes() != bytes.length) {
            throw new IOException("line " + (lines.events().size() + 1) + " is damaged");
        }
        return lines.events();
    }

    /** The state after all of them. */
    public static RunState fold(List<RunEvent> events) {
        var state = RunState.initial();
        for (var event : events) {
            state = state.after(event);
        }
        return state;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
