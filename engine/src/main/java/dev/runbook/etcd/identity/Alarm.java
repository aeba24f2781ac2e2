package dev.runbook.etcd.identity;

/**
 * An alarm that is raised. It survives a restore: with {@code NOSPACE} the restored cluster refuses writes.
 *
 * @param member the member that raised it; in a snapshot, one of the cluster of before
 * @param type {@code NOSPACE}, {@code CORRUPT}, or the number of a newer kind (etcd: api/etcdserverpb/rpc.proto)
 */
public record Alarm(MemberId member, String type) {

    /**
     * The alarm with this number for its type.
     *
     * @param type 1 for {@code NOSPACE}, 2 for {@code CORRUPT}
     */
    public static Alarm of(MemberId member, long type) {
        if (type == 1) {
            return new Alarm(member, "NOSPACE");
        }
        return new Alarm(member, type == 2 ? "CORRUPT" : Long.toString(type));
    }
}
