package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The SHA-256 of a file, and whether its trailer matches.
 *
 * @param sha256 of the whole file, trailer included, in lower-case hexadecimal; empty when it was not computed
 */
public record FileHash(Optional<String> sha256, Trailer trailer) {
    public static final FileHash NONE = new FileHash(Optional.empty(), new Trailer.NotChecked());
    static final int TRAILER = 32;
    private static final long CHUNK = 1 << 20;

    /** @param body number of bytes before the trailer; the size of the file when there is no trailer */
    static FileHash of(MemorySegment file, long body) {
        try {
            MessageDigest whole = MessageDigest.getInstance("SHA-256");
            update(whole, file.asSlice(0, body));
            if (body == file.byteSize()) {
                return new FileHash(Optional.of(hex(whole.digest())), new Trailer.NoTrailer());
            }
            String computed = hex(((MessageDigest) whole.clone()).digest());
            String stored = hex(MappedBytes.copy(file.asSlice(body)));
            update(whole, file.asSlice(body));
            return new FileHash(
                    Optional.of(hex(whole.digest())),
                    stored.equals(computed)
                            ? new Trailer.TrailerVerified(stored)
                            : new Trailer.Mismatch(stored, computed));
        } catch (NoSuchAlgorithmException | CloneNotSupportedException impossible) {
            throw new IllegalStateException("every Java platform has a SHA-256 that can be cloned", impossible);
        }
    }

    private static void update(MessageDigest digest, MemorySegment bytes) {
        for (long offset = 0; offset < bytes.byteSize(); offset += CHUNK) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while a snapshot was hashed");
            }
            digest.update(bytes.asSlice(offset, Math.min(CHUNK, bytes.byteSize() - offset))
                    .asByteBuffer());
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
