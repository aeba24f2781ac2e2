package dev.runbook.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The images of nodes. Recipes build a missing image, which takes minutes; later calls take none. */
public final class FleetImages {
    private static final Duration LIMIT = Duration.ofMinutes(25);
    private static final int LAST_LINES = 40;

    private FleetImages() {}

    /** Builds, if missing, the image of nodes that run etcd under systemd. */
    public static String ensureExternal(DebianSuite suite, Consumer<String> progress) {
        return ensure("light", "runbook-node", suite, progress);
    }

    /** Builds, if missing, the image of nodes where a kubelet runs static pods. */
    public static String ensureStacked(Consumer<String> progress) {
        return ensure("stacked", "runbook-stacked", DebianSuite.BOOKWORM, progress);
    }

    private static String ensure(String kind, String image, DebianSuite suite, Consumer<String> progress) {
        // First, so that the message for a missing container engine is this program's and not a script's.
        Docker.client().pingCmd().exec();
        try (ImageRecipes recipes = ImageRecipes.unpack()) {
            run(recipes.folder(), List.of("sh", "build", kind, suite.debianName()), progress);
        } catch (IOException failed) {
            throw new FleetException("cannot run the image recipe: " + failed.getMessage(), failed);
        }
        return image + ":" + suite.debianName();
    }

    private static void run(Path folder, List<String> command, Consumer<String> progress) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        List<String> lines = new ArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> read(process, lines, progress));
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                throw new FleetException("the image recipe did not end within " + LIMIT.toMinutes() + " minutes");
            }
            reader.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted while images were built", interrupted);
        }
        if (process.exitValue() != 0) {
            synchronized (lines) {
                throw new FleetException("the image recipe failed:\n" + String.join("\n", lines));
            }
        }
    }

    private static void read(Process process, List<String> lines, Consumer<String> progress) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                progress.accept(line);
                synchronized (lines) {
                    lines.add(line);
                    if (lines.size() > LAST_LINES) {
                        lines.removeFirst();
                    }
                }
            }
        } catch (IOException closed) {
            // The process was killed at its deadline; the exit code says the rest.
            progress.accept("the recipe's output ended: " + closed.getMessage());
        }
    }
}
