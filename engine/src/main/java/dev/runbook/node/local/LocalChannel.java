package dev.runbook.node.local;

import dev.runbook.node.shell.wire.Channel;
import dev.runbook.node.shell.wire.ProgramEnd;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DaemonExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.apache.commons.exec.ExecuteWatchdog;
import org.jspecify.annotations.Nullable;

/** A program of this machine. Its streams are handed out as they are, where commons-exec would pump them. */
final class LocalChannel implements Channel {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final CompletableFuture<Streams> streams = new CompletableFuture<>();
    private final CompletableFuture<ProgramEnd> ending = new CompletableFuture<>();
    private final ExecuteWatchdog watchdog = ExecuteWatchdog.builder()
            .setTimeout(ExecuteWatchdog.INFINITE_TIMEOUT_DURATION)
            .get();
    private final CountDownLatch unread = new CountDownLatch(2);
    private Streams open = Streams.NONE;

    private record Streams(OutputStream input, InputStream output, InputStream errors) {
        static final Streams NONE = new Streams(
                OutputStream.nullOutputStream(), InputStream.nullInputStream(), InputStream.nullInputStream());
    }

    private LocalChannel() {}

    static LocalChannel start(String command) throws IOException {
        var channel = new LocalChannel();
        var line = new CommandLine("sh").addArgument("-c", false).addArgument(command, false);
        var executor = DaemonExecutor.builder().get();
        // Whatever it ends with is told, not thrown.
        executor.setExitValues(null);
        executor.setWatchdog(channel.watchdog);
        executor.setStreamHandler(channel.new Handover());
        executor.execute(line, channel.new End());
        channel.open = channel.awaitStreams();
        return channel;
    }

    private Streams awaitStreams() throws IOException {
        try {
            return streams.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public OutputStream input() {
        return open.input();
    }

    @Override
    public InputStream output() {
        return open.output();
    }

    @Override
    public InputStream errors() {
        return open.errors();
    }

    @Override
    public ProgramEnd ending(Duration patience) {
        try {
            return ending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProgramEnd.ConnectionLost();
        } catch (ExecutionException | TimeoutException e) {
            return new ProgramEnd.ConnectionLost();
        }
    }

    @Override
    public void close() {
        watchdog.destroyProcess();
    }

    /** Java tells 128 + the signal's number for a program that a signal ended. */
    private static ProgramEnd ended(int status) {
        return status > 128 ? new ProgramEnd.Signalled(Integer.toString(status - 128)) : new ProgramEnd.Exited(status);
    }

    private final class End implements ExecuteResultHandler {
        @Override
        public void onProcessComplete(int status) {
            ending.complete(ended(status));
        }

        @Override
        public void onProcessFailed(ExecuteException e) {
            streams.completeExceptionally(e);
            ending.complete(ended(e.getExitValue()));
        }
    }

    /** Counts itself off when it has been read to its end. */
    private InputStream drained(InputStream stream) {
        return new FilterInputStream(stream) {
            private boolean ended;

            @Override
            public int read() throws IOException {
                return noted(super.read());
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return noted(super.read(buffer, offset, length));
            }

            private int noted(int result) {
                if (result < 0 && !ended) {
                    ended = true;
                    unread.countDown();
                }
                return result;
            }
        };
    }

    private final class Handover implements ExecuteStreamHandler {
        private @Nullable OutputStream input;
        private @Nullable InputStream output;
        private @Nullable InputStream errors;

        @Override
        public void setProcessInputStream(OutputStream stream) {
            input = stream;
        }

        @Override
        public void setProcessOutputStream(InputStream stream) {
            output = stream;
        }

        @Override
        public void setProcessErrorStream(InputStream stream) {
            errors = stream;
        }

        @Override
        public void start() {
            if (input == null || output == null || errors == null) {
                throw new IllegalStateException("commons-exec hands over every stream before it starts");
            }
            streams.complete(new Streams(input, drained(output), drained(errors)));
        }

        /** commons-exec closes the streams next, and what a program said last would be lost with them. */
        @Override
        public void stop() {
            try {
                boolean read = unread.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
                if (!read) {
                    watchdog.destroyProcess();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
