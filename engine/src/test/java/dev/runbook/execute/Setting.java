package dev.runbook.execute;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.plan.FactEdits;
import dev.runbook.plan.Plan;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;

/** Clusters, and their restore by the runbook that ships. */
enum Setting {
    STACKED,
    STACKED_ON_A_MOUNT_POINT,
    STACKED_WITH_THE_KUBELET_STOPPED,
    EXTERNAL,
    EXTERNAL_WITH_WAL_APART;

    ClusterFacts facts() {
        return switch (this) {
            case STACKED, STACKED_WITH_THE_KUBELET_STOPPED -> SampleFacts.stacked();
            case STACKED_ON_A_MOUNT_POINT ->
                FactEdits.everywhere(SampleFacts.stacked(), FactEdits.data(FactEdits::mounted));
            case EXTERNAL -> SampleFacts.external();
            case EXTERNAL_WITH_WAL_APART ->
                FactEdits.everywhere(
                        SampleFacts.external(), FactEdits.walDir(SampleFacts.data("/var/lib/etcd/wal", 104)));
        };
    }

    Plan plan(Path folder) throws IOException {
        var plans = new SamplePlans(folder, facts());
        return SamplePlans.planned(
                switch (this) {
                    case STACKED, STACKED_ON_A_MOUNT_POINT -> plans.shipped("restore.yml", plans.snapshotValue());
                    case STACKED_WITH_THE_KUBELET_STOPPED ->
                        plans.shippedBut(
                                "restore.yml", "    stop-apiserver:\n", "    stop-apiserver: {stop_kubelet: true}\n");
                    case EXTERNAL, EXTERNAL_WITH_WAL_APART ->
                        plans.shipped("restore-external.yml", plans.snapshotValue());
                });
    }
}
