package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.identity.MemberId;

/**
 * An alarm that was raised when the snapshot was taken. It survives a restore: with {@code NOSPACE} the restored cluster
 * refuses writes.
 *
 * @param member the ID of the member that raised it, in the cluster of before
 * @param type {@code NOSPACE}, {@code CORRUPT}, or a number that etcd's api/etcdserverpb/rpc.proto did not know yet
 */
public record SnapshotAlarm(MemberId member, String type) {
    static SnapshotAlarm read(Cursor cursor) {
        long member = 0;
        long type = 0;
        ProtoFields fields = new ProtoFields(cursor.key(), cursor);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> member = fields.number();
                case 2 -> type = fields.number();
                default -> {}
            }
        }
        return new SnapshotAlarm(new MemberId(member), name(type));
    }

    private static String name(long type) {
        if (type == 1) {
            return "NOSPACE";
        }
        return type == 2 ? "CORRUPT" : Long.toString(type);
    }
}
