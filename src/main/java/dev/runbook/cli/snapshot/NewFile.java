package dev.runbook.cli.snapshot;

import dev.runbook.cli.terminal.UsageError;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with what was in a snapshot, which may be secret: for their owner only, and never in the place of another. */
final class NewFile {
    private NewFile() {}

    static void create(Path path) throws IOException, UsageError {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            throw new UsageError(path + " is there already: give another name, or move it away");
        }
    }

    static UsageError failed(Path path, Exception failure) {
        return new UsageError(
                path + " cannot be written: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
