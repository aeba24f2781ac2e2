package dev.runbook.node.shell.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Passes bytes on and says how many there were so far, after each write. */
public final class CountingStream extends FilterOutputStream {
    private final LongConsumer moved;
    private long count;

    /** A stream that has passed nothing on yet. */
    public CountingStream(OutputStream out, LongConsumer moved) {
        super(out);
        this.moved = moved;
    }

    @Override
    public void write(int single) throws IOException {
        out.write(single);
        moved.accept(++count);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        count += length;
        moved.accept(count);
    }
}
