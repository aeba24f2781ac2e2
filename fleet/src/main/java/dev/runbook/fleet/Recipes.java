package dev.runbook.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The recipes of the images, taken out of the jar (or the classes folder) into a folder where a shell can run them. */
record Recipes(Path folder) implements AutoCloseable {

    static Recipes unpack() throws IOException {
        URL images = Recipes.class.getResource("images/build");
        if (images == null) {
            throw new FleetException("the recipes of the images are missing from the class path");
        }
        Path folder = Files.createTempDirectory("runbook-images-");
        try {
            URI uri = images.toURI();
            if (uri.getScheme().equals("jar")) {
                // By its path: a file system got by address exists once a process, and another thread may have it open.
                try (FileSystem jar = FileSystems.newFileSystem(jarOf(uri))) {
                    copy(jar.getPath("/dev/runbook/fleet/images"), folder);
                }
            } else {
                copy(Path.of(uri).resolveSibling(""), folder);
            }
        } catch (URISyntaxException impossible) {
            throw new FleetException("the class path has an odd address: " + images, impossible);
        }
        return new Recipes(folder);
    }

    private static Path jarOf(URI entry) {
        String inner = entry.getRawSchemeSpecificPart();
        return Path.of(URI.create(inner.substring(0, inner.indexOf("!/"))));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    @Override
    public void close() {
        deleteTree(folder);
    }

    static void deleteTree(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + folder, failed);
        }
    }
}
