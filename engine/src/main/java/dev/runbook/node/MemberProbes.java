package dev.runbook.node;

import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Probes of etcd members, the same for every node; each tells what was found instead, and nothing when it holds. */
public final class MemberProbes {
    /** A way to members from one node. */
    @FunctionalInterface
    public interface Opener {
        MemberReader open(EtcdAccess access) throws NodeUnreachable, MemberUnreachable;
    }

    private final Opener members;

    public MemberProbes(Opener members) {
        this.members = members;
    }

    /** A member is who and what it should be. */
    public Optional<String> memberIs(EtcdAccess access, Probe.Expected expected)
            throws NodeUnreachable, MemberUnreachable {
        try (var member = members.open(access)) {
            var status = member.status();
            var found = new ArrayList<String>();
            expected.memberId()
                    .filter(id -> !id.equals(status.memberId()))
                    .ifPresent(id -> found.add("it is member " + status.memberId()));
            expected.clusterId()
                    .filter(id -> !id.equals(status.clusterId()))
                    .ifPresent(id -> found.add("it is in cluster " + status.clusterId()));
            if (expected.minimumRevision().isPresent()
                    && status.revision() < expected.minimumRevision().getAsLong()) {
                found.add("it is at revision " + status.revision());
            }
            if (found.isEmpty() && expected.settled()) {
                found.addAll(unsettled(member, status, expected.tolerated().orElse(List.of())));
            }
            if (found.isEmpty() && expected.hash().isPresent()) {
                var want = expected.hash().get();
                var have = member.hashAt(want.revision());
                if (have.hash() != want.hash()) {
                    found.add("its HashKV at " + want.revision() + " is " + have.hash());
                }
            }
            return joined(found);
        }
    }

    private static List<String> unsettled(MemberReader member, MemberReader.Status status, List<String> tolerated)
            throws MemberUnreachable {
        var found = new ArrayList<String>();
        if (status.leaderId().isEmpty()) {
            found.add("it knows no leader");
            return found;
        }
        if (status.learner() || member.members().stream().anyMatch(MemberReader.Member::learner)) {
            found.add("a member is a learner");
        }
        var alarms = member.alarms().stream()
                .filter(alarm -> !tolerated.contains(alarm))
                .toList();
        if (!alarms.isEmpty()) {
            found.add("alarms are raised: " + String.join(", ", alarms));
        }
        return found;
    }

    /** Cluster ID, leader and HashKV are the same on all of them, HashKV as far as it can be compared. */
    public ProbeResult membersAgree(List<EtcdAccess> all) throws NodeUnreachable, MemberUnreachable {
        var readers = new ArrayList<MemberReader>();
        try {
            var clusters = new ArrayList<String>();
            var leaders = new ArrayList<String>();
            for (var access : all) {
                var reader = members.open(access);
                readers.add(reader);
                var status = reader.status();
                clusters.add(status.clusterId());
                leaders.add(status.leaderId().orElse("none"));
            }
            var found = new ArrayList<String>();
            differing("cluster IDs", clusters).ifPresent(found::add);
            differing("leaders", leaders).ifPresent(found::add);
            if (leaders.contains("none")) {
                found.add("no leader is known");
            }
            return found.isEmpty() ? HashComparison.of(readers) : new ProbeResult.DoesNotHold(String.join(", ", found));
        } finally {
            readers.forEach(MemberReader::close);
        }
    }

    /** A key is there, or is not. */
    public Optional<String> keyPresence(EtcdAccess access, String key, boolean present)
            throws NodeUnreachable, MemberUnreachable {
        try (var member = members.open(access)) {
            if (member.value(key).isPresent() == present) {
                return Optional.empty();
            }
            return Optional.of(present ? "it is absent" : "it is present");
        }
    }

    private static Optional<String> differing(String what, List<String> values) {
        return values.stream().distinct().count() > 1
                ? Optional.of(what + " differ: " + String.join(", ", values))
                : Optional.empty();
    }

    private static Optional<String> joined(List<String> found) {
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }
}
