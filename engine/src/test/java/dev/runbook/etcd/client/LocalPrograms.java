package dev.runbook.etcd.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Programs of this machine; a test is skipped when a program it needs is not installed. */
public final class LocalPrograms {
    private LocalPrograms() {}

    public static void assume(String... names) {
        for (String name : names) {
            assumeTrue(installed(name), name + " is not installed");
        }
    }

    static boolean installed(String name) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Runs a command and returns its output; any exit code but 0 is an error. */
    public static String run(Path folder, String... command) throws IOException, InterruptedException {
        return run(folder, List.of(command));
    }

    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }
}
