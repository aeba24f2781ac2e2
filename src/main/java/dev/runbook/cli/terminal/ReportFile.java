package dev.runbook.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Files for a CI server. Whether one can be written is seen before anything is touched; when it then cannot, that is said,
 * and the exit code goes on to tell of the run.
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

    /** Whether it worked. */
    static boolean write(Terminal terminal, Path file, String text) {
        return attempt(terminal, file, () -> Files.writeString(file, text));
    }

    static boolean append(Terminal terminal, Path file, String text) {
        return attempt(
                terminal,
                file,
                () -> Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Something on the disk. */
    @FunctionalInterface
    private interface Writing {
        Object write() throws IOException;
    }

    private static boolean attempt(Terminal terminal, Path file, Writing writing) {
        try {
            writing.write();
            return true;
        } catch (IOException e) {
            terminal.note("runbook: " + file + " cannot be written: " + e);
            return false;
        }
    }
}
