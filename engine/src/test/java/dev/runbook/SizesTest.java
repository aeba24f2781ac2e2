package dev.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files stay small enough to be read at once. */
class SizesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @Test
    void noFileIsLong() throws IOException {
        for (var root : List.of("engine/src", "fleet/src", "src")) {
            for (var file : javaFiles(TOP.resolve(root))) {
                assertThat(lines(file)).as(file.toString()).isLessThanOrEqualTo(350);
            }
        }
    }

    @Test
    void mostFilesAreShort() throws IOException {
        var sizes = Stream.of("engine/src/main", "fleet/src/main", "src/main")
                .map(TOP::resolve)
                .flatMap(SizesTest::sizes)
                .sorted()
                .toList();
        assertThat(sizes.get(sizes.size() / 2)).as("median").isLessThan(80);
        assertThat(sizes.get(sizes.size() * 95 / 100)).as("95th percentile").isLessThan(300);
    }

    /** A folder is a room: one more file than this, and it gets rooms of its own, named for what a reader looks for. */
    @Test
    void noFolderIsCrowded() throws IOException {
        for (var root : List.of("engine/src", "fleet/src", "src")) {
            javaFiles(TOP.resolve(root)).stream()
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
                    .forEach((folder, files) ->
                            assertThat(files).as(folder.toString()).isLessThanOrEqualTo(30));
        }
    }

    private static Stream<Long> sizes(Path root) {
        try {
            return javaFiles(root).stream().map(SizesTest::lines);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
