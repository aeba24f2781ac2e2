package dev.runbook.node.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Breaks a dial off that neither fails nor gets on: sshj has no limit of its own for a server's greeting. */
final class DialLimit implements AutoCloseable {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean reached;

    /** What a dial is broken off by. */
    @FunctionalInterface
    interface Break {
        void off() throws IOException;
    }

    void set(Duration limit, Break breaking) {
        var _ = ended.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(_ -> {
            reached = true;
            try {
                breaking.off();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return null;
        });
    }

    boolean reached() {
        return reached;
    }

    @Override
    public void close() {
        ended.complete(null);
    }
}
