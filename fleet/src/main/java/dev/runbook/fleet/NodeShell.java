package dev.runbook.fleet;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One sh in a container that runs line after line, because the container engine needs half a second of processor time for
 * each program that it starts there. Not for several threads at once.
 */
final class NodeShell implements AutoCloseable {
    private final Output output = new Output();
    private final OutputStream input;

    NodeShell(String containerId) throws IOException {
        // Not a PipedInputStream, which breaks when the thread that wrote last has ended.
        var pipe = Pipe.open();
        input = Channels.newOutputStream(pipe.sink());
        var id = Docker.client()
                .execCreateCmd(containerId)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd("sh")
                .exec()
                .getId();
        Docker.client()
                .execStartCmd(id)
                .withStdIn(Channels.newInputStream(pipe.source()))
                .exec(output);
    }

    /**
     * Runs a line of sh.
     *
     * @return empty when the shell had ended already, so that the line was not begun
     * @throws FleetException when the line does not end within the limit, or the shell ends before it
     */
    Optional<ExecResult> run(Duration limit, String sh) throws InterruptedException {
        var nonce = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        if (!output.begin(nonce)) {
            return Optional.empty();
        }
        var line = "sh -c " + ShellWords.quoted(sh) + " </dev/null; rb=$?; echo " + nonce + " $rb; echo " + nonce
                + " $rb >&2\n";
        try {
            input.write(line.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException ended) {
            throw new FleetException("the shell of a node ended before it was told: " + sh, ended);
        }
        return Optional.of(output.await(limit, sh));
    }

    @Override
    public void close() {
        try {
            input.close();
            output.close();
        } catch (IOException e) {
            throw new FleetException("a shell on a node does not close", e);
        }
    }

    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        private String nonce = "";
        private boolean ended;

        synchronized boolean begin(String next) {
            stdout.reset();
            stderr.reset();
            nonce = next;
            return !ended;
        }

        @Override
        public synchronized void onNext(Frame frame) {
            (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).writeBytes(frame.getPayload());
            notifyAll();
        }

        @Override
        public void onComplete() {
            end();
            super.onComplete();
        }

        @Override
        public void onError(Throwable failure) {
            end();
            super.onError(failure);
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized ExecResult await(Duration limit, String sh) throws InterruptedException {
            long end = System.nanoTime() + limit.toNanos();
            while (true) {
                var out = stdout.toString(StandardCharsets.UTF_8);
                var err = stderr.toString(StandardCharsets.UTF_8);
                int outEnd = out.lastIndexOf(nonce);
                int errEnd = err.lastIndexOf(nonce);
                if (outEnd >= 0 && errEnd >= 0 && out.endsWith("\n") && err.endsWith("\n")) {
                    int code = Integer.parseInt(
                            out.substring(outEnd + nonce.length()).strip());
                    return new ExecResult(code, out.substring(0, outEnd), err.substring(0, errEnd));
                }
                if (ended) {
                    throw new FleetException("the shell of a node ended during: " + sh);
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new FleetException("not ended after %d s: %s".formatted(limit.toSeconds(), sh));
                }
                wait(left);
            }
        }
    }
}
