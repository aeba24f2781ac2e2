package dev.runbook.node.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Set;

/** Files of this machine that came from a node. They may hold secrets: their owner alone reads them. */
final class LocalFiles {
    private LocalFiles() {}

    static OutputStream create(Path path) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Channels.newOutputStream(FileChannel.open(path, options, mine));
    }

    /** Gives a complete file its name, after its bytes are on the disk. */
    static void publish(Path part, Path target) throws IOException {
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    static String sha256(Path path) throws IOException {
        var digest = Words.digest();
        try (var in = new DigestInputStream(Files.newInputStream(path), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
