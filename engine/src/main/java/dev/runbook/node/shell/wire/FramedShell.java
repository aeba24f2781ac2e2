package dev.runbook.node.shell.wire;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One long-lived sh at the other end of a channel. Scripts go in whole, one behind the other without waiting; marks
 * come back while they run. Used by one thread at a time, but for {@link #close}.
 */
public final class FramedShell implements AutoCloseable {
    private static final int OUTPUT_LIMIT = 32 << 20;
    private static final int ERRORS_LIMIT = 4096;
    private static final Duration SHORT = Duration.ofSeconds(5);

    /** Of what a login says in place of a shell, such as nologin's one line. */
    private static final int GREETING_LIMIT = 300;

    private final Channel channel;
    private final BlockingQueue<FrameMark> marks = new LinkedBlockingQueue<>();
    private final BlockingQueue<FrameMark> errorMarks = new LinkedBlockingQueue<>();
    private final FrameReader output;
    private final FrameReader errors;
    private final Thread outputThread;
    private final Thread errorThread;
    private final BackgroundWriter input;
    private Consumer<String> watcher = _ -> {};
    private volatile boolean begun;

    /** Reads from now on; the other end says {@code token} in the marks of its start, on either stream. */
    public FramedShell(Channel channel, String token) {
        this.channel = channel;
        this.output = new FrameReader(channel.output(), token, marks, OUTPUT_LIMIT, false);
        this.errors = new FrameReader(channel.errors(), token, marks, ERRORS_LIMIT, true);
        this.input = new BackgroundWriter(
                channel.input(), failure -> marks.add(new FrameMark(FrameReader.CLOSED, List.of(), "")));
        this.outputThread = Thread.ofVirtual().name("shell-output").start(output);
        this.errorThread = Thread.ofVirtual().name("shell-errors").start(errors);
    }

    /** The other end is ready: from here on only it and we know the nonce, and each stream has marks of its own. */
    public void begin(String nonce) {
        begun = true;
        output.use(nonce, marks);
        errors.use(nonce, errorMarks);
        write((nonce + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Sends a script to be run behind those that were sent before.
     *
     * @throws IllegalArgumentException when it is blank: no shell takes a group without a command
     */
    public void send(String script) {
        if (script.isBlank()) {
            throw new IllegalArgumentException("a script without a command");
        }
        var bytes = ("{\n" + script + "\n}\n").getBytes(StandardCharsets.UTF_8);
        var framed = new ByteArrayOutputStream();
        framed.writeBytes((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
        framed.writeBytes(bytes);
        write(framed.toByteArray());
    }

    /** Writes raw bytes: a password for sudo, before the shell is there. */
    public void write(byte[] bytes) {
        input.write(out -> out.write(bytes));
    }

    /**
     * Writes a file's bytes, for the script before it to read.
     *
     * @param moved is told how many were taken so far
     */
    public void write(Path source, LongConsumer moved) {
        input.write(out -> Files.copy(source, new CountingStream(out, moved)));
    }

    /** Where the bytes of the next {@code data} mark go. */
    public void sendDataTo(OutputStream target) {
        output.sendDataTo(target);
    }

    /** Who is told what a script says of its wait, from now on. Such marks are no answers, and move no deadline. */
    public void watch(Consumer<String> next) {
        watcher = next;
    }

    /** The next mark on standard output. */
    public FrameMark next(Deadline deadline) throws ShellLost {
        while (true) {
            var mark = take(marks, deadline);
            if (!mark.is("waiting")) {
                return mark;
            }
            watcher.accept(mark.text());
        }
    }

    /** The next mark that is called so, passing over others. */
    public FrameMark await(String word, Deadline deadline) throws ShellLost {
        while (true) {
            var mark = next(deadline);
            if (mark.is(word)) {
                return mark;
            }
        }
    }

    /** What the action or question {@code index} came to; those before it must have been asked for. */
    public ScriptResult outcome(int index, Deadline deadline) throws ShellLost {
        var seen = new ArrayList<FrameMark>();
        do {
            seen.add(next(deadline));
        } while (!seen.getLast().is("end"));
        var end = seen.getLast();
        if (end.number(0) != index) {
            throw new ShellLost("the shell answered out of turn: " + end + " instead of " + index);
        }
        var errorEnd = take(errorMarks, Deadline.in(SHORT));
        return new ScriptResult(end.number(1), seen, errorEnd.text().strip());
    }

    /** Whether the other end has not been seen to end. */
    public boolean alive() {
        return outputThread.isAlive();
    }

    private FrameMark take(BlockingQueue<FrameMark> queue, Deadline deadline) throws ShellLost {
        try {
            var mark = queue.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            if (mark == null) {
                throw new ShellLost("no answer within " + deadline.length().toSeconds() + " s");
            }
            if (mark.is(FrameReader.CLOSED)) {
                throw new ShellLost(whyClosed());
            }
            return mark;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShellLost("interrupted while waiting for it");
        }
    }

    private String whyClosed() throws InterruptedException {
        var ending = channel.ending(SHORT).describe();
        errorThread.join(SHORT);
        var last = errors.left().strip();
        if (last.isEmpty() && !begun) {
            // Later it may be what a file says, which no message repeats.
            outputThread.join(SHORT);
            var said = output.left().strip();
            last = said.substring(0, Math.min(said.length(), GREETING_LIMIT));
        }
        return last.isEmpty() ? ending : ending + ": " + last;
    }

    @Override
    public void close() {
        input.close();
        channel.close();
    }
}
