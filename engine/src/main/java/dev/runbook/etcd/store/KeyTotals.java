package dev.runbook.etcd.store;

/**
 * Totals of consecutive entries of the bucket {@code key}.
 *
 * @param bytes of keys and values
 * @param checksum CRC-32C of them in their order, 0 to 2^32 - 1
 * @param latest main revision of the last entry; -1 when there is none
 * @param bump main revision of the last record of a bump; -1 when there is none
 */
public record KeyTotals(long entries, long bytes, long checksum, long latest, long bump) {
    static final KeyTotals NOTHING = new KeyTotals(0, 0, 0, -1, -1);

    /** The totals of these entries and those that follow them. */
    KeyTotals plus(KeyTotals next) {
        return new KeyTotals(
                entries + next.entries,
                bytes + next.bytes,
                Crc32c.concatenated(checksum, next.checksum, next.bytes),
                Math.max(latest, next.latest),
                Math.max(bump, next.bump));
    }
}
