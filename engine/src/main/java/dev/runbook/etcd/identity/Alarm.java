package dev.runbook.etcd.identity;

/**
 * A raised alarm. It survives a restore: with {@code NOSPACE} the restored cluster refuses writes.
 *
 * @param member the member that raised it; in a snapshot, a member of the old cluster
 * @param type {@code NOSPACE}, {@code CORRUPT}, or the number of a newer type (etcd: api/etcdserverpb/rpc.proto)
 */
public record Alarm(MemberId member, String type) {

    /**
     * The alarm of a type.
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
