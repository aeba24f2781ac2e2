package dev.runbook.node.shell;

import dev.runbook.node.shell.script.ScriptArguments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Files of this machine that came from a node. They may hold secrets: their owner alone reads them. */
final class FetchedFiles {
    private FetchedFiles() {}

    static OutputStream create(Path path) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Channels.newOutputStream(FileChannel.open(path, options, mine));
    }

    /** Makes what is missing of the folders above a file; the new ones are ours alone. */
    static void makeFolderOf(Path file) throws IOException {
        Files.createDirectories(
                Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /**
     * Gives a complete file its name, after its bytes are on the disk.
     *
     * @throws FileAlreadyExistsException when the file exists by now
     */
    static void publish(Path part, Path target) throws IOException {
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            // Unlike a rename, a link replaces nothing.
            Files.createLink(target, part);
        } catch (UnsupportedOperationException e) {
            Files.move(part, target);
            return;
        }
        Files.delete(part);
    }

    static String sha256(Path path) throws IOException {
        var digest = ScriptArguments.digest();
        try (var in = new DigestInputStream(Files.newInputStream(path), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
