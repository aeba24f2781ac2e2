package dev.runbook.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The program, killed by SIGKILL right behind its journal record number {@code args[0]}, counted from 1, or held there
 * until a line comes on standard input: {@code args[1]} is {@code kill} or {@code hold}. It shows each record as a line of
 * JSON once it is on disk and before it writes the next one, so that its own output tells the moment exactly: the thread
 * that prints the line goes no further, and holds back all others that have something to write.
 */
final class CountedMain {
    static final String HELD = "held here";

    private CountedMain() {}

    public static void main(String[] args) {
        Runnable there = args[1].equals("kill") ? CountedMain::kill : CountedMain::hold;
        var counting = new Counting(System.out, Integer.parseInt(args[0]), there);
        System.setOut(new PrintStream(counting, true, StandardCharsets.UTF_8));
        Main.main(Arrays.copyOfRange(args, 2, args.length));
    }

    /** Passes lines on and counts those that are records. */
    private static final class Counting extends ByteArrayOutputStream {
        private final PrintStream out;
        private final Runnable there;
        private int left;

        Counting(PrintStream out, int behind, Runnable there) {
            this.out = out;
            this.there = there;
            this.left = behind;
        }

        @Override
        public synchronized void flush() {
            var text = toString(StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            if (end < 0) {
                return;
            }
            reset();
            writeBytes(text.substring(end + 1).getBytes(StandardCharsets.UTF_8));
            for (var line : text.substring(0, end).split("\n", -1)) {
                out.println(line);
                if (line.contains("\"at\":") && --left == 0) {
                    out.flush();
                    there.run();
                }
            }
            out.flush();
        }
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-KILL",
                            Long.toString(ProcessHandle.current().pid()))
                    .start();
            new CountDownLatch(1).await();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the process could not be killed", e);
        }
    }

    private static void hold() {
        try {
            System.err.println(HELD);
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody let it go on");
            }
        } catch (IOException e) {
            throw new IllegalStateException("standard input cannot be read", e);
        }
    }
}
