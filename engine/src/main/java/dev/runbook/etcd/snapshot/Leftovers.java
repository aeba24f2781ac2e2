package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.identity.MemberId;
import java.util.List;
import java.util.Optional;

/**
 * What an earlier operation left in a snapshot, and a restore keeps or has to replace.
 *
 * @param downgradeTo target of a downgrade that is under way, for example {@code 3.5.0}; a member of another version refuses
 *     to start (etcd 3.5: server/etcdserver/api/membership/downgrade.go)
 * @param authEnabled whether clients must log in
 * @param removed IDs of the bucket {@code members_removed}
 */
public record Leftovers(Optional<String> downgradeTo, boolean authEnabled, List<MemberId> removed) {
    public Leftovers {
        removed = List.copyOf(removed);
    }
}
