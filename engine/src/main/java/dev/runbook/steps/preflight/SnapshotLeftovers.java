package dev.runbook.steps.preflight;

import dev.runbook.facts.MemberFacts;
import dev.runbook.model.Problem;
import dev.runbook.step.SnapshotFacts;
import dev.runbook.step.StepContext;
import dev.runbook.steps.shared.EtcdVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks of what a snapshot brings into the restored cluster beside its keys. */
final class SnapshotLeftovers {
    private static final int WARNING_PERCENT = 90;

    private SnapshotLeftovers() {}

    /** etcd compares the whole database with its quota at each write, not at its start: a proof would pass. */
    static Optional<Problem> quota(StepContext context, MemberFacts member, SnapshotFacts snapshot) {
        var quota = Quota.of(Optional.ofNullable(member.flags().get("quota-backend-bytes")));
        if (quota.isEmpty() || snapshot.usedBytes() < quota.getAsLong() / 100 * WARNING_PERCENT) {
            return Optional.empty();
        }
        boolean above = snapshot.usedBytes() >= quota.getAsLong();
        var found = Problem.on(
                context.host(),
                "quota-too-small",
                "the snapshot has " + snapshot.usedBytes() + " bytes in use, and the member's quota is "
                        + quota.getAsLong() + " bytes"
                        + (member.flags().containsKey("quota-backend-bytes") ? "" : " (etcd's default)")
                        + (above
                                ? ": the restored cluster would serve, and refuse every write with NOSPACE"
                                : ": writes would soon be refused with NOSPACE"),
                "raise --quota-backend-bytes on every member (etcd's largest recommended value is 8 GiB), or use a"
                        + " snapshot that was saved after a compaction and defragmentation");
        return Optional.of(above ? found : found.asWarning());
    }

    /** Of the file, so the same for every host. */
    static List<Problem> ofTheFile(SnapshotFacts snapshot) {
        var problems = new ArrayList<Problem>();
        var leftovers = snapshot.leftovers();
        leftovers
                .downgradeTo()
                .ifPresent(target -> problems.add(Problem.ofCall(
                        "snapshot-has-downgrade",
                        "the snapshot was saved during a downgrade to etcd " + target
                                + ", and a restore keeps that: members of another version refuse to start on it",
                        "use a snapshot from before or after the downgrade; `etcdctl downgrade cancel` on its cluster"
                                + " ends one that still runs there")));
        if (leftovers.authEnabled()) {
            problems.add(Problem.ofCall(
                    "snapshot-has-auth",
                    "auth is enabled in the snapshot, so only a user with the role root may query the restored"
                            + " members for HashKV, alarms and the member list",
                    "if the CN of the client certificate of every host's member is a user with the role root,"
                            + " accept that with -e 'allow=[\"snapshot-has-auth\"]' (allow: on this step);"
                            + " otherwise use a snapshot that was saved after `etcdctl auth disable`"));
        }
        if (!leftovers.learners().isEmpty()) {
            problems.add(Problem.ofCall(
                            "snapshot-has-learners",
                            "the snapshot lists learners: " + String.join(", ", leftovers.learners()),
                            "the restore makes every member of the inventory a voter, and drops all others")
                    .asWarning());
        }
        if (!leftovers.zombies().isEmpty()) {
            problems.add(Problem.ofCall(
                            "snapshot-has-zombies",
                            "the snapshot lists members that were removed: " + String.join(", ", leftovers.zombies()),
                            "the restore replaces the member list; the cluster that it was saved from needs etcd 3.5.26"
                                    + " or later before an upgrade to 3.6")
                    .asWarning());
        }
        return problems;
    }

    /** The version whose members wrote the file: storage of 3.6 and later, else the cluster's. */
    static Optional<EtcdVersion> version(SnapshotFacts snapshot) {
        return snapshot.storageVersion()
                .flatMap(EtcdVersion::find)
                .or(() -> snapshot.clusterVersion().flatMap(EtcdVersion::find));
    }
}
