package dev.runbook.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Report files for a CI server. A check before any change finds out whether a file can be written. If the write then fails,
 * the operator gets a note, and the exit code remains that of the run.
 */
final class ReportFile {
    private ReportFile() {}

    static void check(Path file) throws UsageError {
        var target = file.toAbsolutePath();
        var folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageError(file + " cannot be written: there is no folder " + folder);
        }
        if (Files.isDirectory(target)) {
            throw new UsageError(file + " cannot be written: it is a folder");
        }
        if (!Files.isWritable(Files.exists(target) ? target : folder)) {
            throw new UsageError(file + " cannot be written: permission denied");
        }
    }

    /** Returns whether the file was written. */
    static boolean write(Terminal terminal, Path file, String text) {
        return attempt(terminal, file, () -> Files.writeString(file, text));
    }

    static boolean append(Terminal terminal, Path file, String text) {
        return attempt(
                terminal,
                file,
                () -> Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** A write to the disk. */
    @FunctionalInterface
    private interface FileWrite {
        Object write() throws IOException;
    }

    private static boolean attempt(Terminal terminal, Path file, FileWrite operation) {
        try {
            operation.write();
            return true;
        } catch (IOException e) {
            terminal.note("runbook: " + file + " cannot be written: " + e);
            return false;
        }
    }
}
