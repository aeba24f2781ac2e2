package dev.runbook.etcd.bbolt;

/**
 * Whether the SHA-256 matches that {@code etcdctl snapshot save} writes at the end of the file
 * (etcd: etcdutl/snapshot/v3_snapshot.go). All hashes are in lower-case hexadecimal.
 */
public sealed interface Trailer {

    /** The file ends with the hash of the bytes before it. */
    record TrailerVerified(String sha256) implements Trailer {}

    /** A copied {@code member/snap/db}: restoring it needs {@code --skip-hash-check}. */
    record NoTrailer() implements Trailer {}

    /** The file was changed after it was saved, or its trailer was. */
    record Mismatch(String stored, String computed) implements Trailer {}

    /** The caller did not request a hash: the file may have been changed after it was saved. */
    record NotChecked() implements Trailer {}
}
