package dev.runbook.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A journal in a file of JSON Lines, each with a checksum, synced before {@link #append} returns. */
public final class JournalFile implements Journal, AutoCloseable {
    private final FileChannel channel;

    private JournalFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens for appending; a new file is made 0600 and its folder is synced. */
    public static JournalFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
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
            throw new UncheckedIOException("the journal cannot be written, so nothing more is done", e);
        }
    }

    /** A result that is lost is only an action in doubt, which is probed; an intent that is lost would be an act unknown. */
    private static boolean mustSurvive(RunEvent event) {
        return !(event instanceof RunEvent.ActionEnded || event instanceof RunEvent.UndoEnded);
    }

    /**
     * All events. A torn last line, as a crash leaves it, is passed over; damage before it is not.
     *
     * @throws IOException when the file cannot be read, or a line before the last is damaged
     */
    public static List<RunEvent> read(Path path) throws IOException {
        var lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        var events = new ArrayList<RunEvent>();
        for (int number = 1; number <= lines.size(); number++) {
            try {
                events.add(JournalCodec.decode(lines.get(number - 1)));
            } catch (JournalCodec.DamagedLine e) {
                if (number < lines.size()) {
                    throw new IOException(path + ":" + number + ": this journal line is damaged: " + e.getMessage(), e);
                }
            }
        }
        return events;
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
