package dev.runbook.survey;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.client.KeyEntry;
import dev.runbook.etcd.objects.KeyChange;
import dev.runbook.etcd.objects.StoreDiff;
import dev.runbook.etcd.snapshot.StoreView;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares a snapshot with a running cluster. Reads keys only, page by page, with serializable reads from one member,
 * preferably a follower; API servers are not involved.
 */
public final class LiveDiff {
    private LiveDiff() {}

    /** Result of the comparison. */
    public sealed interface Result {
        /**
         * All keys are compared.
         *
         * @param revision of the cluster at which its keys were read
         */
        record Compared(String host, long revision) implements Result {}

        /** No member answers, so the cluster's present keys are unknown. */
        record NoMemberAnswers() implements Result {}

        /** The connection to the member was lost, so the changes shown so far are incomplete. */
        record Lost(String host, String reason) implements Result {}
    }

    /** A host whose member answers. */
    private record Answering(String host, LiveMember.Answers answers) {
        private boolean leader() {
            return answers.leaderId().equals(Optional.of(answers.memberId()));
        }
    }

    /**
     * Compares the keys.
     *
     * @throws BadSnapshot when the snapshot turns out to be damaged
     */
    public static Result compare(NodeSet fleet, ClusterFacts facts, StoreView snapshot, Consumer<KeyChange> changes)
            throws BadSnapshot {
        var newest = facts.hosts().entrySet().stream()
                .flatMap(entry -> entry.getValue().member().stream()
                        .map(member -> member.live())
                        .filter(LiveMember.Answers.class::isInstance)
                        .map(live -> new Answering(entry.getKey(), (LiveMember.Answers) live)))
                .max(Comparator.comparingLong((Answering one) -> one.answers().revision())
                        .thenComparing(one -> !one.leader()));
        if (newest.isEmpty()) {
            return new Result.NoMemberAnswers();
        }
        var host = newest.get().host();
        var access = facts.of(host).member().orElseThrow().access();
        var diff = new StoreDiff(snapshot, changes);
        try (var reader = fleet.node(host).openMember(access)) {
            long revision = reader.visitKeys(key -> accept(diff, key));
            diff.end();
            return new Result.Compared(host, revision);
        } catch (MemberUnreachable | NodeUnreachable e) {
            return new Result.Lost(host, String.valueOf(e.getMessage()));
        } catch (Damage damage) {
            throw damage.bad;
        }
    }

    private static void accept(StoreDiff diff, KeyEntry key) {
        try {
            diff.current(
                    key.key().toByteArray(),
                    new StoreDiff.History(key.createRevision(), key.modRevision(), key.version()));
        } catch (BadSnapshot bad) {
            throw new Damage(bad);
        }
    }

    /** Carries a checked exception through the client's callback. */
    private static final class Damage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient BadSnapshot bad;

        private Damage(BadSnapshot bad) {
            super(bad);
            this.bad = bad;
        }
    }
}
