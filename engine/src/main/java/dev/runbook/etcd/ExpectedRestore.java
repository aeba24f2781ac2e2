package dev.runbook.etcd;

import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.etcd.identity.Membership;
import dev.runbook.etcd.snapshot.HashPrediction;
import dev.runbook.etcd.snapshot.RestoredStore;
import java.util.OptionalLong;

/**
 * The prediction of a restore: what a restored cluster must report, known before a node is changed.
 *
 * @param cluster the value of {@code --initial-cluster}
 * @param membership member and cluster IDs
 * @param hash revision and HashKV
 */
public record ExpectedRestore(InitialCluster cluster, Membership membership, HashPrediction hash) {

    /**
     * Predicts a restore of the same snapshot on every member.
     *
     * @param clusterToken {@code --initial-cluster-token}, the same on all members and new for every restore
     * @param bump revisions to add ({@code --bump-revision} with {@code --mark-compacted}), or empty for neither
     * @throws IllegalArgumentException when the bump is not positive
     */
    public static ExpectedRestore of(
            RestoredStore store, InitialCluster cluster, String clusterToken, OptionalLong bump) {
        return new ExpectedRestore(cluster, cluster.membership(clusterToken), store.predict(bump));
    }
}
