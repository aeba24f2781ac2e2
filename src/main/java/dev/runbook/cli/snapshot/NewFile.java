package dev.runbook.cli.snapshot;

import dev.runbook.cli.terminal.UsageError;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** New files with contents of a snapshot: readable by their owner only, because contents may be secret, and never overwriting. */
final class NewFile {
    private NewFile() {}

    static void create(Path path) throws IOException, UsageError {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new UsageError(path + " already exists; try another name, or move it away");
        }
    }

    static UsageError failed(Path path, Exception failure) {
        return new UsageError(
                path + " cannot be written: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
