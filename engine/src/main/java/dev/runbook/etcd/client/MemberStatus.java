package dev.runbook.etcd.client;

import dev.runbook.etcd.identity.ClusterId;
import dev.runbook.etcd.identity.MemberId;
import java.util.List;
import java.util.Optional;

/**
 * The status that a member reports.
 *
 * @param leader empty while the member knows no leader
 * @param version for example {@code 3.5.16}
 * @param dbSize bytes of the database file
 * @param dbSizeInUse bytes of it that hold data
 * @param errors alarms and problems as etcd reports them
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
