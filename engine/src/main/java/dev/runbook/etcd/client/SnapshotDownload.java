package dev.runbook.etcd.client;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

/**
 * Writes a snapshot to a file beside its target as it arrives, checks it, and renames it. The last 32 bytes are the SHA-256
 * of those before (etcd: server/etcdserver/api/v3rpc/maintenance.go).
 */
final class SnapshotDownload {
    private static final int TRAILER = 32;

    private final Path target;
    private final MessageDigest body = sha256();
    private final MessageDigest whole = sha256();
    private ByteString held = ByteString.EMPTY;
    private long size;

    SnapshotDownload(Path target) {
        this.target = target;
    }

    /** @param progress receives the number of bytes so far */
    SavedSnapshot save(Iterator<ByteString> blobs, EtcdReader.DownloadProgress progress)
            throws IOException, EtcdFailure {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        boolean moved = false;
        try {
            // A snapshot holds every secret of the cluster.
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                while (blobs.hasNext()) {
                    take(blobs.next(), channel);
                    progress.received(size);
                }
                check();
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            syncFolder();
            return new SavedSnapshot(target, size, HexFormat.of().formatHex(whole.digest()));
        } finally {
            if (!moved) {
                Files.deleteIfExists(part);
            }
        }
    }

    private void take(ByteString blob, FileChannel channel) throws IOException {
        size += blob.size();
        for (ByteBuffer buffer : blob.asReadOnlyByteBufferList()) {
            whole.update(buffer.duplicate());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        // The last 32 bytes so far may be the trailer, so they are not hashed yet.
        held = held.concat(blob);
        int ready = held.size() - TRAILER;
        if (ready > 0) {
            held.substring(0, ready).asReadOnlyByteBufferList().forEach(body::update);
            held = held.substring(ready);
        }
    }

    private void check() throws EtcdFailure {
        if (size % 512 != TRAILER) {
            throw bad(size
                    + " bytes arrived, which is not whole pages and a SHA-256, so the transfer was cut short;"
                    + " try again");
        }
        if (!MessageDigest.isEqual(body.digest(), held.toByteArray())) {
            throw bad("its SHA-256 does not match; try again");
        }
    }

    private void syncFolder() throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static EtcdFailure bad(String detail) {
        return new EtcdFailure(new EtcdFailure.BadDownload(detail));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
