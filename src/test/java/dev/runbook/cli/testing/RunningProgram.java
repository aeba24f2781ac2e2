package dev.runbook.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running process of the program. */
@SuppressWarnings("JdkObsolete") // two readers append while the test reads
public final class RunningProgram {
    private final Instant begun = Instant.now();
    private final Process process;
    private final BlockingQueue<String> fresh = new LinkedBlockingQueue<>();
    private final StringBuffer stdout = new StringBuffer();
    private final StringBuffer stderr = new StringBuffer();
    private volatile boolean outputClosed;
    private final Thread outReader;
    private final Thread errReader;

    public RunningProgram(Process process) {
        this.process = process;
        this.outReader = Thread.ofPlatform()
                .start(() -> read(process.inputReader(StandardCharsets.UTF_8), line -> {
                    stdout.append(line).append('\n');
                    fresh.add(line);
                }));
        this.errReader = Thread.ofPlatform()
                .start(() -> read(process.errorReader(StandardCharsets.UTF_8), line -> {
                    stderr.append(line).append('\n');
                    fresh.add(line);
                }));
    }

    private void read(BufferedReader reader, Consumer<String> each) {
        try (reader) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                each.accept(line);
            }
        } catch (IOException e) {
            if (!outputClosed) {
                throw new UncheckedIOException("the program's output cannot be read", e);
            }
        }
    }

    /** Waits for a line with all these words, on standard output or standard error. */
    public RunningProgram awaitLine(Duration limit, String... words) {
        var end = System.nanoTime() + limit.toNanos();
        while (true) {
            var line = next(end - System.nanoTime());
            if (line == null) {
                process.destroyForcibly();
                throw new AssertionError("no line with %s within %s, in%n%s%s"
                        .formatted(String.join(" and ", words), limit, stdout, stderr));
            }
            if (java.util.Arrays.stream(words).allMatch(line::contains)) {
                return this;
            }
        }
    }

    private @org.jspecify.annotations.Nullable String next(long nanoseconds) {
        try {
            return fresh.poll(nanoseconds, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the program ran", e);
        }
    }

    /** Waits until a step of this type has begun; needs {@code --json}. */
    public RunningProgram awaitStep(String type) {
        return awaitLine(Duration.ofMinutes(2), "\"type\":\"step-began\"", "\"stepType\":\"" + type + "\"");
    }

    /** Sends the signal of Ctrl-C. */
    public RunningProgram interrupt() {
        return signal("INT");
    }

    public RunningProgram signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).as("exit code of kill").isZero();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("kill cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the program ran", e);
        }
    }

    /** Lets a held program continue. */
    public RunningProgram proceed() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("the program does not read its standard input", e);
        }
    }

    /** Closes its output pipes, as when its terminal closes. */
    public RunningProgram closeOutput() {
        outputClosed = true;
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("the program's output cannot be closed", e);
        }
    }

    /** The id of the run in its output so far. */
    public String run() {
        return new ProgramResult(0, stdout.toString(), stderr.toString(), Duration.ZERO).run();
    }

    /** Waits for its end, whatever it has printed. */
    public int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the program did not end within " + limit);
        }
        return process.exitValue();
    }

    public ProgramResult end(Duration limit) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "the program did not end within %s, and had printed%n%s%s".formatted(limit, stdout, stderr));
            }
            outReader.join();
            errReader.join();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's standard input cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the program ran", e);
        }
        return new ProgramResult(
                process.exitValue(), stdout.toString(), stderr.toString(), Duration.between(begun, Instant.now()));
    }
}
