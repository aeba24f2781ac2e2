package dev.runbook.etcd.identity;

import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * The ID of an etcd cluster: an unsigned 64-bit number, printed in hexadecimal without padding as etcd does.
 *
 * @param value the 64 bits; negative for IDs of 2^63 and above
 */
public record ClusterId(long value) {

    /**
     * The ID of a new or restored cluster with these members (etcd: genID in
     * server/etcdserver/api/membership/cluster.go). It does not change when members join or leave later.
     *
     * @throws IllegalArgumentException when there are no members
     */
    public static ClusterId of(Collection<MemberId> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a cluster needs at least one member");
        }
        ByteBuffer hashed = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, members.size()));
        members.stream().sorted().forEach(member -> hashed.putLong(member.value()));
        return new ClusterId(Sha1.firstEightBytes(hashed.array()));
    }

    /**
     * Reads an ID as etcd prints it.
     *
     * @throws IllegalArgumentException when the text is not a hexadecimal number of at most 64 bits
     */
    public static ClusterId parse(String hexadecimal) {
        return new ClusterId(Hexadecimal.parse("cluster ID", hexadecimal));
    }

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
