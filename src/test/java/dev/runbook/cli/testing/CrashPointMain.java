package dev.runbook.cli.testing;

import dev.runbook.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The program, killed by SIGKILL right after its journal record number {@code args[0]}, counted from 1, or held there
 * until a line arrives on standard input: {@code args[1]} is {@code kill} or {@code hold}. The program prints each record as
 * a line of JSON once it is on disk and before it writes the next one, so its output marks the moment exactly: the thread
 * that prints the line blocks, and with it all other threads that write.
 */
public final class CrashPointMain {
    public static final String HELD = "held here";

    private CrashPointMain() {}

    public static void main(String[] args) {
        Runnable reaction = args[1].equals("kill") ? CrashPointMain::kill : CrashPointMain::hold;
        var counter = new RecordCounter(System.out, Integer.parseInt(args[0]), reaction);
        System.setOut(new PrintStream(counter, true, StandardCharsets.UTF_8));
        Main.main(Arrays.copyOfRange(args, 2, args.length));
    }

    /** Forwards lines and counts those that are journal records. */
    private static final class RecordCounter extends ByteArrayOutputStream {
        private final PrintStream out;
        private final Runnable reaction;
        private int left;

        RecordCounter(PrintStream out, int last, Runnable reaction) {
            this.out = out;
            this.reaction = reaction;
            this.left = last;
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
                    reaction.run();
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
                throw new IllegalStateException("standard input ended while the program was held");
            }
        } catch (IOException e) {
            throw new IllegalStateException("standard input cannot be read", e);
        }
    }
}
