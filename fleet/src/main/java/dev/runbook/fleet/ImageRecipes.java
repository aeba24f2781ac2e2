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

/** The recipes of the images, copied from the jar or the classes folder to a folder where a shell can run them. */
record ImageRecipes(Path folder) implements AutoCloseable {

    static ImageRecipes unpack() throws IOException {
        URL images = ImageRecipes.class.getResource("images/build");
        if (images == null) {
            throw new FleetException("the recipes of the images are missing from the class path");
        }
        Path folder = Files.createTempDirectory("runbook-images-");
        try {
            URI uri = images.toURI();
            if (uri.getScheme().equals("jar")) {
                // By path, because a file system opened by URI exists once per process, and another thread may have it
                // open.
                try (FileSystem jar = FileSystems.newFileSystem(jarOf(uri))) {
                    copy(jar.getPath("/dev/runbook/fleet/images"), folder);
                }
            } else {
                copy(Path.of(uri).resolveSibling(""), folder);
            }
        } catch (URISyntaxException impossible) {
            throw new FleetException("the class path has an invalid URI: " + images, impossible);
        }
        return new ImageRecipes(folder);
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
