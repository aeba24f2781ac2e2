package dev.runbook.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The program, killed by SIGKILL right behind its journal record number {@code args[0]}, counted from 1. It shows each
 * record as a line of JSON once it is on disk and before it writes the next one, so that its own output tells the moment
 * exactly: the thread that prints the line goes no further, and holds back all others that have something to write.
 */
final class KilledMain {
    private KilledMain() {}

    public static void main(String[] args) {
        int behind = Integer.parseInt(args[0]);
        System.setOut(new PrintStream(new Counting(System.out, behind), true, StandardCharsets.UTF_8));
        Main.main(Arrays.copyOfRange(args, 1, args.length));
    }

    /** Passes lines on and counts those that are records. */
    private static final class Counting extends ByteArrayOutputStream {
        private final PrintStream out;
        private int left;

        Counting(PrintStream out, int behind) {
            this.out = out;
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
                    kill();
                }
            }
            out.flush();
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
    }
}
