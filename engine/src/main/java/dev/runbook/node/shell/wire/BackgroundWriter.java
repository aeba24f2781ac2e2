package dev.runbook.node.shell.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Writes in order, on a thread of its own: a link that hangs must not hang the one who writes. That one waits for an
 * answer with a deadline, and closes the link when it passes, which ends this thread, too.
 */
public final class BackgroundWriter implements AutoCloseable {
    @FunctionalInterface
    public interface Piece {
        void writeTo(OutputStream out) throws IOException;
    }

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Thread thread;

    public BackgroundWriter(OutputStream out, Consumer<IOException> onFailure) {
        thread = Thread.ofVirtual().name("shell-input").start(() -> {
            try {
                while (true) {
                    pieces.take().writeTo(out);
                    out.flush();
                }
            } catch (IOException e) {
                onFailure.accept(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public void write(Piece piece) {
        pieces.add(piece);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
