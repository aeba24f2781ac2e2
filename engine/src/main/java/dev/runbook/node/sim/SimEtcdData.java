package dev.runbook.node.sim;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.util.List;

/** What etcd's own program does to a simulated node. */
final class SimEtcdData {
    private final SimNode node;
    private final SimCluster cluster;
    private final SimTree tree;

    SimEtcdData(SimNode node) {
        this.node = node;
        this.cluster = node.cluster();
        this.tree = node.tree;
    }

    /** @param origin the run, and the number of the action in it */
    ActionResult apply(EtcdDataAction action, String origin, boolean half) {
        return switch (action) {
            case EtcdDataAction.RestoreData restore -> restore(restore, half);
            case EtcdDataAction.SaveSnapshot save -> save(save, origin, half);
        };
    }

    /**
     * As etcdutl does it: IDs come from the initial cluster and the token, the store from the bytes that were sent. What the
     * plan predicted is not looked at.
     */
    private ActionResult restore(EtcdDataAction.RestoreData restore, boolean half) {
        var before = tree.beforeRestore(restore);
        if (before.isPresent()) {
            return before.get();
        }
        var sha256 = tree.content(restore.snapshot()).orElseThrow();
        var sent = tree.sent(sha256);
        if (sent.isEmpty()) {
            return SimTree.failed(restore.snapshot() + " was not sent by a run: a simulated node cannot read it");
        }
        var spec = restore.member();
        try {
            var snapshot = cluster.snapshots().read(sent.get().source(), sha256);
            if (!snapshot.whole() && !restore.skipHashCheck()) {
                return SimTree.failed(restore.snapshot() + ": expected sha256 does not match");
            }
            var initial = InitialCluster.parse(spec.initialCluster());
            var membership = initial.membership(spec.token());
            var store = snapshot.store().predict(spec.bump());
            var members = initial.members().entrySet().stream()
                    .map(member -> new MemberReader.Member(
                            membership.member(member.getKey()).toString(),
                            member.getKey(),
                            member.getValue().stream().map(Object::toString).toList(),
                            List.of(),
                            false))
                    .toList();
            var who = membership.member(spec.name()) + "@" + membership.clusterId();
            cluster.keep(
                    who,
                    new SimStore(
                            snapshot.version().orElse("3.5.0"),
                            members,
                            snapshot.alarms(),
                            new SimStore.Origin.Snapshot(snapshot, store.revision(), store.hash()),
                            List.of()));
            return tree.restored(restore, who, half);
        } catch (BadSnapshot | IllegalArgumentException e) {
            return SimTree.failed("etcdutl snapshot restore: " + e.getMessage());
        }
    }

    private ActionResult save(EtcdDataAction.SaveSnapshot save, String origin, boolean half) {
        var mine = " by " + origin;
        var there = tree.content(save.path());
        if (there.isPresent()) {
            return there.get().endsWith(mine)
                    ? SimTree.already()
                    : SimTree.refused(save.path() + " is there already, and a snapshot replaces no file");
        }
        try (var reader = node.reader(save.access())) {
            var status = reader.status();
            tree.setUp(
                    half ? save.path() + ".part" : save.path(),
                    "snapshot of " + status.memberId() + " at " + status.revision() + mine,
                    Attributes.PRIVATE_FILE);
            return SimTree.done();
        } catch (MemberUnreachable e) {
            return SimTree.failed(String.valueOf(e.getMessage()));
        }
    }
}
