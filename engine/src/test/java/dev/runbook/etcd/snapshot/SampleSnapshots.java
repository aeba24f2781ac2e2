package dev.runbook.etcd.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Real snapshots; their README describes how they were made. */
public final class SampleSnapshots {
    private SampleSnapshots() {}

    /** The bytes of {@code etcd/<name>.db.gz}. */
    public static byte[] bytes(String name) throws IOException {
        String resource = "/etcd/" + name + ".db.gz";
        try (InputStream packed =
                        Objects.requireNonNull(SampleSnapshots.class.getResourceAsStream(resource), resource);
                InputStream unpacked = new GZIPInputStream(packed)) {
            return unpacked.readAllBytes();
        }
    }

    /** The snapshot as a file in this folder. */
    public static Path file(String name, Path folder) throws IOException {
        return Files.write(folder.resolve(name + ".db"), bytes(name));
    }
}
