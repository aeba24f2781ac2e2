package dev.runbook.etcd.client;

import dev.runbook.etcd.identity.ClusterId;
import dev.runbook.etcd.identity.MemberId;
import java.util.List;
import java.util.Optional;

/**
 * What a member says of itself.
 *
 * @param leader empty while it knows none
 * @param version for example {@code 3.5.16}
 * @param dbSize bytes of the database file
 * @param dbSizeInUse bytes of it that hold data
 * @param errors alarms and problems in etcd's words
 */
public record MemberStatus(
        MemberId member,
        ClusterId cluster,
        long revision,
        long raftTerm,
        long raftAppliedIndex,
        Optional<MemberId> leader,
        String version,
        long dbSize,
        long dbSizeInUse,
        boolean learner,
        List<String> errors) {
    public MemberStatus {
        errors = List.copyOf(errors);
    }
}
