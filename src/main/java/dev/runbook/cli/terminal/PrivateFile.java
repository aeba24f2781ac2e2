package dev.runbook.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Atomic writer of files that only their owner may read: writes to another name, then renames. */
public final class PrivateFile {
    private PrivateFile() {}

    public static void write(Path file, String text) throws UsageError {
        var target = file.toAbsolutePath();
        try {
            var part = Files.createTempFile(
                    target.getParent(),
                    "." + target.getFileName(),
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(part, text.getBytes(StandardCharsets.UTF_8));
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UsageError(file + " cannot be written: " + e);
        }
    }
}
