package dev.runbook.etcd.store;

/**
 * What a part of the bucket {@code key} holds.
 *
 * @param bytes of keys and values
 * @param checksum of them in their order, 0 to 2^32 - 1
 * @param latest main revision of the last entry; -1 when there is none
 * @param bump main revision of the last record of a bump; -1 when there is none
 */
public record KeyPart(long entries, long bytes, long checksum, long latest, long bump) {
    static final KeyPart NOTHING = new KeyPart(0, 0, 0, -1, -1);

    /** This part with the one behind it. */
    KeyPart and(KeyPart next) {
        return new KeyPart(
                entries + next.entries,
                bytes + next.bytes,
                Checksum.joined(checksum, next.checksum, next.bytes),
                Math.max(latest, next.latest),
                Math.max(bump, next.bump));
    }
}
