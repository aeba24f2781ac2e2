package dev.runbook.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/**
 * This test's class path as {@code ./runbook} has it: in jars, and with an ahead-of-time cache in place of its archive of
 * classes; either halves the processor time that the program takes to start. Packed once, by the first test that starts the
 * program.
 */
final class PackedProgram {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Xlog:aot=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Made when it is first asked for. */
    private static final class Holder {
        static final PackedProgram PACKED = pack();
    }

    private final List<String> command;

    private PackedProgram(List<String> command) {
        this.command = command;
    }

    /** The java command up to the main class. */
    static List<String> command() {
        return Holder.PACKED.command;
    }

    private static PackedProgram pack() {
        try {
            // Each process that runs tests has its own.
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "program-");
            var classPath = classPath(folder);
            var cache = folder.resolve("classes.aot").toAbsolutePath();
            train(folder, classPath, cache);
            return new PackedProgram(java(classPath, "-XX:AOTCache=" + cache));
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be packed", e);
        }
    }

    private static String classPath(Path folder) {
        var elements = new ArrayList<String>();
        for (var element : Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1)) {
            if (!element.isEmpty()) {
                elements.add(Files.isDirectory(Path.of(element)) ? jar(folder, element, elements.size()) : element);
            }
        }
        return String.join(File.pathSeparator, elements);
    }

    private static String jar(Path folder, String classes, int number) {
        var jar = folder.resolve(number + ".jar").toAbsolutePath().toString();
        int status = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--no-compress", "--file", jar, "-C", classes, ".");
        assertThat(status).as("status of jar for %s", classes).isZero();
        return jar;
    }

    private static void train(Path folder, String classPath, Path cache) throws IOException {
        var log = folder.resolve("training.log");
        var training = java(classPath, "-XX:AOTCacheOutput=" + cache);
        training.addAll(List.of(Main.class.getName(), "demo", "--simulate"));
        var builder = new ProcessBuilder(training).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("RUNBOOK_STATE", folder.resolve("state").toString());
        builder.environment().put("RUNBOOK_HOME", Program.home().toString());
        var process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("training ends").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(cache).exists();
    }

    private static List<String> java(String classPath, String... more) {
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(OPTIONS);
        java.addAll(List.of(more));
        java.addAll(List.of("-cp", classPath));
        return java;
    }
}
