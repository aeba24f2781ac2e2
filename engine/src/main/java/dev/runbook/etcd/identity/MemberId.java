package dev.runbook.etcd.identity;

import java.util.Collection;

/**
 * The ID of an etcd member: an unsigned 64-bit number.
 *
 * <p>Orders and prints as etcd does: unsigned, in hexadecimal without padding (etcd: client/pkg/types/id.go).
 *
 * @param value the 64 bits; negative for IDs of 2^63 and above
 */
public record MemberId(long value) implements Comparable<MemberId> {

    /**
     * The ID of a member of a new or restored cluster, which etcd derives from its peer URLs and the token alone; its
     * name does not matter (etcd: server/etcdserver/api/membership/member.go).
     *
     * <p>A member that joined later through {@code member add} has an ID that depends on the time as well.
     *
     * @throws IllegalArgumentException when there are no peer URLs
     */
    public static MemberId of(Collection<PeerUrl> peerUrls, String clusterToken) {
        if (peerUrls.isEmpty()) {
            throw new IllegalArgumentException("a member needs at least one peer URL");
        }
        StringBuilder hashed = new StringBuilder();
        peerUrls.stream().sorted().forEach(hashed::append);
        return new MemberId(Sha1.firstEightBytes(hashed.append(clusterToken).toString()));
    }

    /**
     * Reads an ID as etcd prints it.
     *
     * @throws IllegalArgumentException when the text is not a hexadecimal number of at most 64 bits
     */
    public static MemberId parse(String hexadecimal) {
        return new MemberId(Hexadecimal.parse("member ID", hexadecimal));
    }

    @Override
    public int compareTo(MemberId other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
