package dev.runbook.node.shell.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * Cuts a stream at the marks in it. A mark is a line feed, a nonce, and a line of words; what
 * lies between two marks may be any bytes.
 */
public final class FrameReader implements Runnable {
    /** In the queue behind the last mark, whatever ended the stream. */
    public static final String CLOSED = "closed-stream";

    private final BufferedInputStream in;
    private final int limit;
    private final boolean keepsLast;
    private volatile byte[] token;
    private volatile BlockingQueue<FrameMark> queue;
    private volatile String left = "";
    private volatile OutputStream sink = OutputStream.nullOutputStream();
    private ByteArrayOutputStream before = new ByteArrayOutputStream();

    /** Keeps of what stands between two marks the first or the last {@code limit} bytes. */
    public FrameReader(InputStream in, String token, BlockingQueue<FrameMark> queue, int limit, boolean keepsLast) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.token = lineWith(token);
        this.queue = queue;
        this.limit = limit;
        this.keepsLast = keepsLast;
    }

    /** From the next mark on; called only while the other end is silent. */
    public void use(String nextToken, BlockingQueue<FrameMark> nextQueue) {
        token = lineWith(nextToken);
        queue = nextQueue;
    }

    /** Where the bytes of a {@code data} mark go. */
    public void sendDataTo(OutputStream target) {
        sink = target;
    }

    /** What stood behind the last mark when the stream ended. */
    public String left() {
        return left;
    }

    @Override
    public void run() {
        try {
            read();
            left = new String(take(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            left = new String(take(), StandardCharsets.UTF_8) + " " + e.getMessage();
        }
        queue.add(new FrameMark(CLOSED, List.of(), ""));
    }

    private void read() throws IOException {
        var single = new byte[1];
        var matched = 0;
        for (var next = in.read(); next >= 0; next = in.read()) {
            if (next == token[matched]) {
                matched++;
                if (matched == token.length) {
                    matched = 0;
                    mark();
                }
            } else {
                keep(token, matched);
                matched = next == '\n' ? 1 : 0;
                if (matched == 0) {
                    single[0] = (byte) next;
                    keep(single, 1);
                }
            }
        }
        keep(token, matched);
    }

    private void mark() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return;
            }
            line.write(next);
        }
        var mark =
                FrameMark.parse(line.toString(StandardCharsets.UTF_8), new String(take(), StandardCharsets.ISO_8859_1));
        if (mark.is("data")) {
            copy(Long.parseLong(mark.arguments().getFirst()));
        }
        queue.add(mark);
    }

    private void copy(long size) throws IOException {
        var buffer = new byte[1 << 16];
        for (var left = size; left > 0; ) {
            var count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("the stream ended " + left + " bytes early");
            }
            sink.write(buffer, 0, count);
            left -= count;
        }
    }

    private void keep(byte[] bytes, int count) {
        if (keepsLast || before.size() + count <= limit) {
            before.write(bytes, 0, count);
        }
        if (keepsLast && before.size() > 2 * limit) {
            var last = take();
            before.writeBytes(last);
        }
    }

    private byte[] take() {
        var bytes = before.toByteArray();
        before = new ByteArrayOutputStream();
        return bytes.length > limit ? Arrays.copyOfRange(bytes, bytes.length - limit, bytes.length) : bytes;
    }

    private static byte[] lineWith(String token) {
        return ("\n" + token).getBytes(StandardCharsets.US_ASCII);
    }
}
