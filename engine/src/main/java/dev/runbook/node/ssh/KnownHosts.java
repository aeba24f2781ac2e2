package dev.runbook.node.ssh;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;

/** The known host keys, from OpenSSH's files. Read anew for each connection, because the operator may have just mended them. */
final class KnownHosts {
    private static final ReentrantLock APPENDING = new ReentrantLock();

    private final List<Path> files;

    KnownHosts(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** The file that new lines go to. */
    Path first() {
        return files.getFirst();
    }

    static String name(String host, int port) {
        return port == 22 ? host : "[" + host + "]:" + port;
    }

    /** Every line about this host, those of the first file first. */
    List<KnownHost> about(String host, int port) throws IOException {
        var name = name(host, port);
        var found = new ArrayList<KnownHost>();
        for (var file : files) {
            if (!Files.exists(file)) {
                continue;
            }
            var number = 0;
            for (var text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                number++;
                KnownHost.parse(file, number, text)
                        .filter(line -> line.appliesTo(name))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    HostVerdict judge(String host, int port, PublicKey key) throws IOException {
        var blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        var encoded = Base64.getEncoder().encodeToString(blob);
        var type = KeyType.fromKey(key).toString();
        var fingerprint = KnownHost.fingerprint(blob);
        var lines = about(host, port);
        for (var line : lines) {
            if (line.marker() == KnownHost.Marker.REVOKED && line.key().equals(encoded)) {
                return new HostVerdict.Revoked(line, fingerprint);
            }
        }
        for (var line : lines) {
            var known = switch (line.marker()) {
                case NONE -> line.key().equals(encoded);
                case AUTHORITY -> vouchedFor(line, host, port, key);
                case REVOKED -> false;
            };
            if (known) {
                return new HostVerdict.Known();
            }
        }
        for (var line : lines) {
            if (line.marker() == KnownHost.Marker.NONE) {
                return new HostVerdict.Changed(line, type, fingerprint);
            }
        }
        return new HostVerdict.Unknown(type, encoded, fingerprint);
    }

    /** Certificates have rules of their own (principals, validity, critical options), which sshj knows. */
    private static boolean vouchedFor(KnownHost authority, String host, int port, PublicKey key) {
        try {
            return new OpenSSHKnownHosts(new StringReader(authority.text())).verify(host, port, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a line to the first file. One write at its end, so that readers see all of it or nothing. */
    void add(String host, int port, String type, String key) throws IOException {
        var file = files.getFirst();
        APPENDING.lock();
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.exists(folder)) {
                var mine = PosixFilePermissions.fromString("rwx------");
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mine));
            }
            var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel = FileChannel.open(file, options, mine);
                    var _ = channel.lock()) {
                var line = (endsInLine(file) ? "" : "\n") + name(host, port) + " " + type + " " + key + "\n";
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
        } finally {
            APPENDING.unlock();
        }
    }

    private static boolean endsInLine(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                return true;
            }
            var last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) == '\n';
        }
    }
}
